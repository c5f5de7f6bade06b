// The big screen is never older than five seconds, also when what it counts makes no sound in the stream.
setInterval(() => document.querySelector("live-region")?.swap(), 5000);
