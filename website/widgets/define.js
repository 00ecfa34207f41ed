// anywidget's front end is an AMD module that needs ipywidgets' base and nothing else.
import * as base from "@jupyter-widgets/base";

globalThis.define = (names, factory) => {
  globalThis.courseAnywidget = factory(base);
  delete globalThis.define;
};
