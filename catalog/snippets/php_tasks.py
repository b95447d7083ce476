"""Renders how a PHP script waits for a task and saves its files."""

from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.scalars import php_literal
from catalog.snippets.snippet import SiteSettings


def polling(request: Request, site: SiteSettings, answer: str) -> str:
    """Return the loop that polls a task, and what is done with its result."""
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = '"$url/$id"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{php_literal(site.url(before))} . $id" + (f" . {php_literal(after)}" if after else "")
    return f"""
$id = json_decode({answer})->id;

$deadline = time() + {PATIENCE} * 60;
do {{
    if (time() > $deadline) {{
        fail("Task $id has not ended after {PATIENCE} minutes");
    }}
    sleep(2);
    $curl = curl_init({address});
    curl_setopt_array($curl, [
        CURLOPT_HTTPHEADER => [$authorization],
        CURLOPT_RETURNTRANSFER => true,
    ]);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $isBusy = $status === 429 || $status >= 500;
    $task = $isBusy ? null : json_decode(checked($curl, $answer));
}} while ($isBusy || in_array($task->status, ['pending', 'processing']));
if (!in_array($task->status, ['completed', 'success'])) {{
    fail("Task failed: $answer");
}}
{saved(request, "task") if request.saved else "echo $answer, PHP_EOL;" + chr(10)}"""


def saved(request: Request, result: str) -> str:
    """Return the loop that saves the files of a result."""
    if (files := request.saved) is None:
        return ""
    return f"""\
foreach (${result}->{files.key} as $index => ${files.noun}) {{
    $name = 'output-' . ($index + 1) . '{files.ending}';
    copy(${files.noun}->{files.url}, $name) || fail("Not saved: $name");
    echo "Saved $name", PHP_EOL;
}}
"""
