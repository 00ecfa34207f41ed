// JupyterLab's share of the course, as it is loaded: a container of webpack's module federation,
// written by hand, so that nothing has to be built. It holds one plugin with two tasks, beside style.css.
//
// A saved notebook keeps beside each widget what the widget leaves on a page without scripts: an
// explorer's picture and sentence, a predict box's question. JupyterLab prefers the widget even
// where the kernel that held it is gone, and shows an error. `standIn` shows what was kept.
//
// JupyterLab opens its file browser on the first visit. `makeRoom` closes it again, because beside
// it a narrow page leaves a lesson no room; whoever opens it finds it open the next time.
(() => {
  const WIDGET = "application/vnd.jupyter.widget-view+json";

  function standIn(rendermime) {
    const create = rendermime.createRenderer.bind(rendermime);
    rendermime.createRenderer = (mimeType) => {
      const renderer = create(mimeType);
      if (mimeType !== WIDGET) return renderer;
      const render = renderer.renderModel.bind(renderer);
      let kept; // what stands in for the widget
      let calls = 0;
      renderer.renderModel = async (model) => {
        const call = ++calls;
        kept?.dispose();
        await render(model);
        // The widget is there, or was closed by whoever showed it, or JupyterLab looks for it anew.
        if (renderer.widgets.length > 0 || renderer.isHidden || call < calls) return;
        renderer.node.textContent = ""; // the error
        if (!("text/html" in model.data)) return; // a bar that shows progress, and is done
        kept = create("text/html");
        await kept.renderModel(model);
        kept.node.append(...advice(kept.node));
        renderer.addWidget(kept);
      };
      return renderer;
    };
  }

  function advice(node) {
    const isScene = node.querySelector("figure"), isQuestion = node.querySelector(":scope > ol");
    if (!isScene && !isQuestion) return [];
    const words = document.createElement("em");
    words.textContent = `Run this cell to ${isScene ? "make it move" : "answer it"}.`;
    const line = document.createElement("p");
    line.append(words);
    return [line];
  }

  function makeRoom(shell) {
    shell.restored.then((layout) => {
      // The file browser opens when this same promise is kept.
      if (layout.fresh) setTimeout(() => shell.collapseLeft());
    });
  }

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("style.css", document.currentScript.src);
  document.head.append(style);

  let scope; // the modules that JupyterLab shares, by name and version

  async function shared(name) {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  }

  async function makePlugin() {
    const { INotebookTracker } = await shared("@jupyterlab/notebook");
    const { ILabShell } = await shared("@jupyterlab/application");
    return {
      id: "image-classification-course:plugin",
      autoStart: true,
      requires: [INotebookTracker],
      optional: [ILabShell], // Jupyter Notebook has none
      activate(app, tracker, shell) {
        tracker.widgetAdded.connect((_, panel) => standIn(panel.content.rendermime));
        if (shell) makeRoom(shell);
      },
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["image-classification-course"] = {
    init(modules) {
      scope = modules;
    },
    async get() {
      const plugin = await makePlugin();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
