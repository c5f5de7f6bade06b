"""事项目录 at the office: what is in force, what waits for a second pair of eyes, what residents did not find."""
