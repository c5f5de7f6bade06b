// Elder mode changes in place, so that nothing typed is lost; without script the form asks the server for the same.
const SIZE = "22";
addEventListener("submit", (event) => {
  const form = event.target.closest("[data-elder-switch]");
  if (!form) return;
  event.preventDefault();
  const root = document.documentElement;
  const on = !("elder" in root.dataset);
  const kept = on ? `elder=${SIZE}; Max-Age=31536000` : "elder=; Max-Age=0";
  document.cookie = `${kept}; Path=/; SameSite=Lax`;
  if (on) root.dataset.elder = SIZE; else delete root.dataset.elder;
  document.querySelectorAll("[data-elder-switch] button").forEach((button) => {
    button.setAttribute("aria-pressed", String(on));
    button.value = on ? "0" : SIZE;
  });
});
// <time data-clock datetime="…">: the town's clock goes on from the moment the server wrote.
const isEnglish = document.documentElement.lang === "en";
const clocks = [...document.querySelectorAll("time[data-clock]")].map((shown) => [shown, Date.parse(shown.dateTime) - Date.now()]);
const tick = () => clocks.forEach(([shown, ahead]) => {
  const now = new Date(Date.now() + ahead);
  const said = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "numeric", minute: "2-digit", hour12: false }).format(now);
  const day = new Intl.DateTimeFormat(isEnglish ? "en-GB" : "zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric", weekday: "short" }).formatToParts(now);
  const word = (kind) => day.find((each) => each.type === kind)?.value || "";
  const [hour, minute] = said.split(":");
  const clock = shown.querySelector("[data-time]") || shown;
  clock.textContent = `${Number(hour) % 24}:${minute}`;
  const date = shown.querySelector("[data-day]");
  if (date) date.textContent = isEnglish ? `${word("weekday")} ${word("day")} ${word("month")}` : `${word("month").replace("月", "")}月${word("day")}日 ${word("weekday")}`;
});
if (clocks.length) setInterval(tick, 5000);
