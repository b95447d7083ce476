"""Code that saves the picture which an answer of generateContent holds as base64."""

from catalog.snippets.call import Request
from catalog.snippets.protocol import BASIC, THINKING

PROTOCOL = "gemini-generate-content"
"""The only protocol whose answer holds a picture without a tool."""
PYTHON = """\
if not response.parts:
    raise SystemExit(response.model_dump_json(exclude_none=True))
for part in response.parts:
    if part.inline_data:
        with open("output.png", "wb") as output:
            output.write(part.inline_data.data)
        print("Saved", output.name)
    elif part.text:
        print(part.text)
"""
JAVASCRIPT_LOAD = 'import { writeFile } from "node:fs/promises";\n'
JAVASCRIPT = """\
const parts = response.candidates?.[0]?.content?.parts;
if (!parts) throw new Error(JSON.stringify(response));
for (const part of parts) {
  if (part.inlineData?.data) {
    await writeFile("output.png", Buffer.from(part.inlineData.data, "base64"));
    console.log("Saved output.png");
  } else if (part.text) console.log(part.text);
}
"""
CURL = """\
picture=$(jq --exit-status --raw-output \\
  'first(.candidates[0].content.parts[]?.inlineData.data // empty)' <<<"$result") ||
  { echo "$result" >&2; false; } &&
base64 --decode <<<"$picture" >output.png && echo "Saved output.png\""""
GO = """
	answer := read(http.DefaultClient.Do(request))
	var result struct {
		Candidates []struct {
			Content struct {
				Parts []struct {
					Text       string `json:"text"`
					InlineData struct {
						Data []byte `json:"data"`
					} `json:"inlineData"`
				} `json:"parts"`
			} `json:"content"`
		} `json:"candidates"`
	}
	if err := json.Unmarshal(answer, &result); err != nil {
		log.Fatal(err)
	}
	if len(result.Candidates) == 0 || len(result.Candidates[0].Content.Parts) == 0 {
		log.Fatal(string(answer))
	}
	for _, part := range result.Candidates[0].Content.Parts {
		if part.InlineData.Data == nil {
			fmt.Println(part.Text)
			continue
		}
		if err := os.WriteFile("output.png", part.InlineData.Data, 0o644); err != nil {
			log.Fatal(err)
		}
		fmt.Println("Saved output.png")
	}
"""
RUBY = """
answer = read(deliver(request))
parts = answer.dig("candidates", 0, "content", "parts") or abort answer.to_json
parts.each do |part|
  next puts part["text"] unless part["inlineData"]
  File.binwrite("output.png", part["inlineData"]["data"].unpack1("m"))
  puts "Saved output.png"
end
"""
PHP = """
$answer = checked($curl, curl_exec($curl));
$parts = json_decode($answer)->candidates[0]->content->parts ?? fail($answer);
foreach ($parts as $part) {
    if (isset($part->inlineData)) {
        file_put_contents('output.png', base64_decode($part->inlineData->data));
        echo 'Saved output.png', PHP_EOL;
    } else {
        echo $part->text, PHP_EOL;
    }
}
"""


def saves_picture(request: Request) -> bool:
    """Whether a sample saves the picture of its answer."""
    prints_parts = request.option in {BASIC, THINKING} and not request.is_streaming
    return request.protocol == PROTOCOL and prints_parts and request.makes_images
