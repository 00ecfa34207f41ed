// JupyterLab's share of the course, as it is loaded: a container of webpack's module federation,
// written by hand, so that nothing has to be built. It holds one plugin with four tasks, beside style.css.
//
// A saved notebook keeps beside each widget what the widget leaves on a page without scripts: an
// explorer's picture and sentence, a predict box's question. JupyterLab prefers the widget even
// where the kernel that held it is gone, and shows an error. `standIn` shows what was kept.
//
// JupyterLab opens its file browser on the first visit. `makeRoom` closes it again, because beside
// it a narrow page leaves a lesson no room; whoever opens it finds it open the next time.
//
// Where memory is small, the server shuts down the kernel of a lesson that is left for the next.
// `announce` saves its notebook and says so. `keepWork` lets a learner take all files along, and
// bring them back.
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

  const CLOSED = "https://image-classification-course/lesson_closed";

  async function announce(app) {
    for await (const event of app.serviceManager.events.stream) {
      if (event.schema_id !== CLOSED) continue;
      await save(app, event.path);
      notify(app, "info", event.message);
    }
  }

  function documents(app, path) {
    return [...app.shell.widgets("main")]
      .map((widget) => widget.context)
      .filter((context) => context && (path === undefined || context.path === path));
  }

  async function save(app, path) {
    const changed = documents(app, path).filter((context) => context.model.dirty);
    await Promise.all(changed.map((context) => context.save()));
  }

  function notify(app, type, message) {
    app.commands.execute("apputils:notify", { message, type, options: { autoClose: false } });
  }

  const WORK = ["course:download-work", "course:restore-work"]; // also in the menu File

  function keepWork(app, ServerConnection) {
    const settings = app.serviceManager.serverSettings;
    const address = `${settings.baseUrl}course/work.zip`;

    async function download() {
      await save(app);
      const answer = await ServerConnection.makeRequest(address, {}, settings);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = "my-course-work.zip";
      link.click();
      URL.revokeObjectURL(link.href);
    }

    async function restore(file) {
      await save(app);
      const request = { method: "POST", body: file };
      const answer = await ServerConnection.makeRequest(address, request, settings);
      const { message, written, beside } = await answer.json();
      if (!answer.ok) return notify(app, "error", message);
      await Promise.all(documents(app).map((context) => context.revert()));
      const kept = beside.length ? ` What was here before lies beside it: ${beside.join(", ")}.` : "";
      notify(app, "success", `Your work is here again, in ${written.length + beside.length} files.${kept}`);
    }

    function choose() {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".zip";
      input.onchange = () => restore(input.files[0]);
      input.click();
    }

    app.commands.addCommand(WORK[0], { label: "Download my work", execute: download });
    app.commands.addCommand(WORK[1], { label: "Restore my work", execute: choose });
  }

  // On a server whose files may vanish, both stand at the top of the page.
  function offerWork(app, Widget) {
    const bar = new Widget();
    bar.id = "course-work";
    for (const id of WORK) {
      const button = document.createElement("button");
      button.className = "jp-Button jp-mod-minimal bp3-button";
      button.style.color = "var(--jp-ui-font-color1)";
      button.textContent = app.commands.label(id);
      button.onclick = () => app.commands.execute(id);
      bar.node.append(button);
    }
    app.shell.add(bar, "top", { rank: 2000 });
  }

  let scope; // the modules that JupyterLab shares, by name and version

  async function shared(name) {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  }

  async function makePlugin() {
    const { INotebookTracker } = await shared("@jupyterlab/notebook");
    const { ILabShell } = await shared("@jupyterlab/application");
    const { IMainMenu } = await shared("@jupyterlab/mainmenu");
    const { PageConfig } = await shared("@jupyterlab/coreutils");
    const { ServerConnection } = await shared("@jupyterlab/services");
    const { Widget } = await shared("@lumino/widgets");
    return {
      id: "image-classification-course:plugin",
      autoStart: true,
      requires: [INotebookTracker],
      optional: [ILabShell, IMainMenu], // Jupyter Notebook has no ILabShell
      activate(app, tracker, shell, menu) {
        announce(app);
        keepWork(app, ServerConnection);
        if (PageConfig.getOption("courseKeepsWork")) offerWork(app, Widget);
        menu?.fileMenu.addGroup(WORK.map((command) => ({ command })), 20);
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
