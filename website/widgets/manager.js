// Makes widgets come alive on a page without a kernel: ipywidgets' own views, from saved states.
//
// A lesson's states come in a script of their own (`courseWidgets`), and each place that waits for
// a view is a `.course-widget` with the id of its model. Until the view is there, and where it never
// comes, the place shows the widget's still picture.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { CheckboxModel, CheckboxStyleModel, CheckboxView } from "@jupyter-widgets/controls/lib/widget_bool.js";
import { GridBoxModel, GridBoxView, VBoxModel, VBoxView } from "@jupyter-widgets/controls/lib/widget_box.js";
import { DescriptionStyleModel } from "@jupyter-widgets/controls/lib/widget_description.js";
import { FloatSliderModel, FloatSliderView } from "@jupyter-widgets/controls/lib/widget_float.js";
import { BoundedIntTextModel, IntSliderModel, IntSliderView, IntTextView, SliderStyleModel } from "@jupyter-widgets/controls/lib/widget_int.js";
import { DirectionalLinkModel, LinkModel } from "@jupyter-widgets/controls/lib/widget_link.js";
import { SelectionSliderModel, SelectionSliderView } from "@jupyter-widgets/controls/lib/widget_selection.js";
import { HTMLModel, HTMLStyleModel, HTMLView } from "@jupyter-widgets/controls/lib/widget_string.js";
import { MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import "./define.js";
import "anywidget";
import "@jupyter-widgets/controls/css/labvariables.css";
import "@jupyter-widgets/controls/css/widgets-base.css";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": {
    BoundedIntTextModel, IntTextView,
    CheckboxModel, CheckboxStyleModel, CheckboxView,
    DescriptionStyleModel,
    DirectionalLinkModel, LinkModel,
    FloatSliderModel, FloatSliderView,
    GridBoxModel, GridBoxView,
    HTMLModel, HTMLStyleModel, HTMLView,
    IntSliderModel, IntSliderView, SliderStyleModel,
    SelectionSliderModel, SelectionSliderView,
    VBoxModel, VBoxView,
  },
  anywidget: globalThis.courseAnywidget,
};

class Manager extends ManagerBase {
  async loadClass(name, module) {
    const found = MODULES[module]?.[name];
    if (!found) throw new Error(`${name} of ${module} is not among the site's widgets: add it to manager.js.`);
    return found;
  }

  // Nobody is at the other end.
  async _create_comm() {
    const nothing = () => {};
    return { on_close: nothing, on_msg: nothing, close: nothing };
  }

  async _get_comm_info() {
    return {};
  }
}

async function start() {
  if (!globalThis.courseWidgets) return;
  const manager = new Manager();
  const models = await manager.set_state(globalThis.courseWidgets);
  const views = [];
  for (const place of document.querySelectorAll(".course-widget")) {
    const model = models.find((one) => one.model_id === place.dataset.model);
    if (!model) continue;
    const { luminoWidget } = await manager.create_view(model);
    const alive = document.createElement("div");
    place.append(alive);
    Widget.attach(luminoWidget, alive);
    place.classList.add("course-alive");
    views.push(luminoWidget);
  }
  addEventListener("resize", () => {
    for (const view of views) MessageLoop.postMessage(view, Widget.ResizeMessage.UnknownSize);
  });
  document.documentElement.dataset.courseWidgets = "alive";
}

start();
