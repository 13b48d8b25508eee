"use strict";
(function () {
  var form = document.getElementById("filter");
  if (!form) return;
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  var schools = Array.prototype.slice.call(document.querySelectorAll(".school"));
  var texts = findings.map(function (finding) { return finding.textContent.toLocaleLowerCase("nb"); });
  var shown = document.getElementById("shown");
  function show() {
    var wanted = form.elements.school.value;
    var words = form.elements.words.value.toLocaleLowerCase("nb").trim();
    var statuses = {};
    Array.prototype.forEach.call(form.querySelectorAll("input[name=status]"), function (box) { statuses[box.value] = box.checked; });
    var count = 0;
    findings.forEach(function (finding, place) {
      var fits = statuses[finding.dataset.status] && (!wanted || finding.dataset.school === wanted) &&
        (!words || texts[place].indexOf(words) >= 0);
      finding.classList.toggle("is-out", !fits);
      if (fits) count += 1;
    });
    schools.forEach(function (school) {
      school.classList.toggle("is-out", !school.querySelector(".finding:not(.is-out)"));
    });
    shown.textContent = count + " / " + findings.length;
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target && target.closest(".is-out")) { form.reset(); show(); }
  });
  form.hidden = false;
  show();
})();
