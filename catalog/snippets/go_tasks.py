"""Renders how a Go program waits for a task and saves its files."""

from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.scalars import go_text
from catalog.snippets.snippet import SiteSettings


def polling(request: Request, site: SiteSettings, answer: str) -> str:
    """Return the loop that polls a task, and what is done with its result."""
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = 'url+"/"+task.ID'
    # Mostly the task stands below the address that created it.
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{go_text(site.url(before))}+task.ID" + (f"+{go_text(after)}" if after else "")
    return f"""{result(request, "task", answer)}
	deadline := time.Now().Add({PATIENCE} * time.Minute)
	for task.Status = "pending"; task.Status == "pending" || task.Status == "processing"; {{
		if time.Now().After(deadline) {{
			log.Fatalf("task %s has not ended after {PATIENCE} minutes", task.ID)
		}}
		time.Sleep(2 * time.Second)
		poll, err := http.NewRequest("GET", {address}, nil)
		if err != nil {{
			log.Fatal(err)
		}}
		poll.Header.Set("Authorization", request.Header.Get("Authorization"))
		response, err := http.DefaultClient.Do(poll)
		if err == nil && (response.StatusCode == 429 || response.StatusCode >= 500) {{
			response.Body.Close()
			continue
		}}
		answer, task.Status = read(response, err), ""
		if err := json.Unmarshal(answer, &task); err != nil {{
			log.Fatal(err)
		}}
	}}
	if task.Status != "completed" && task.Status != "success" {{
		log.Fatalf("task failed: %s", answer)
	}}
{saved(request, "task") if request.saved else "	os.Stdout.Write(answer)" + chr(10)}"""


def result(request: Request, name: str, answer: str) -> str:
    """Return the code that reads an answer into a variable."""
    fields, space = "", " "
    if name == "task":
        fields, space = '		ID     string `json:"id"`\n		Status string `json:"status"`\n', "  "
    if files := request.saved:
        fields += f"""\
		Files{space}[]struct {{
			URL string `json:"{files.url}"`
		}} `json:"{files.key}"`
"""
    return f"""
	var {name} struct {{
{fields}	}}
	answer := read({answer})
	if err := json.Unmarshal(answer, &{name}); err != nil {{
		log.Fatal(err)
	}}
"""


def saved(request: Request, name: str) -> str:
    """Return the loop that saves the files of a result."""
    ending = request.saved.ending if request.saved else ""
    return f"""\
	for index, file := range {name}.Files {{
		name := fmt.Sprintf("output-%d{ending}", index+1)
		if err := os.WriteFile(name, read(http.Get(file.URL)), 0o644); err != nil {{
			log.Fatal(err)
		}}
		fmt.Println("Saved", name)
	}}
"""
