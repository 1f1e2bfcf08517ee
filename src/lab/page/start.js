// The first script of the page: unpacks the others, or shows the runs as tables where a browser is too old for that.
try {
  const script = document.createElement("script");
  script.type = "module";
  script.id = "lab-run";
  script.textContent = new TextDecoder().decode(await unpacked("lab-code"));
  document.body.append(script);
} catch {
  const runs = document.createElement("div");
  runs.innerHTML = document.querySelector("noscript").textContent;
  runs.querySelector("p").textContent = document.getElementById("lab-old").textContent;
  document.body.append(runs);
}
