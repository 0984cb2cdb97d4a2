/* Comforts of the desk's forms: rows grow without a round trip, the demanded file name copies with one press. */

/** Turns each 增加一行 into a local act: the last row is cloned, emptied and renumbered. */
function growRows() {
  for (const table of document.querySelectorAll("table[data-rows]")) {
    const button = document.querySelector(`button[name="_add"][value="${table.dataset.rows}"]`);
    button?.addEventListener("click", (event) => {
      event.preventDefault();
      const body = table.tBodies[0];
      const number = body.rows.length;
      const row = body.rows[number - 1].cloneNode(true);
      row.cells[0].textContent = String(number + 1);
      for (const input of row.querySelectorAll("input, select, textarea")) {
        input.name = input.name.replace(/-\d+-/, `-${number}-`);
        input.id = `id_${input.name}`;
        input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/第\d+行/, `第${number + 1}行`));
        if (input.type === "checkbox" || input.type === "radio") input.checked = false;
        else input.value = "";
      }
      body.append(row);
      row.querySelector("input, select, textarea")?.focus();
    });
  }
}

/** Puts a copy button behind each `code[data-copy]`. */
function copyNames() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll("code[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--small btn--quiet desk-copy";
    button.textContent = "复制";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "已复制";
    });
    code.after(button);
  }
}

growRows();
copyNames();
