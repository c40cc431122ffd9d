// A button beside each citation that copies it. Without it the text can be marked and copied, or saved as a file.

for (const box of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = box.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.querySelector("pre").textContent);
    button.textContent = box.dataset.copied;
  });
  const own = document.createElement("span");
  own.dataset.scripted = ""; // for the preview, which compares the page with what it was served
  own.append(button, " ");
  box.querySelector("p").prepend(own);
}
