/** Copies the text named by data-copy, or the text of the element that data-copy-from names, and says so on the button. */

export async function copy(button) {
  const from = document.getElementById(button.dataset.copyFrom ?? "");
  await navigator.clipboard.writeText(from ? from.textContent : button.dataset.copy);
  const word = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = word; }, 1500);
}
