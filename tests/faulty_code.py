"""Faults to plant in the code of a sample: language -> fault -> pattern and what takes its place."""

MISNAMED = {"Authorization": "Authorisation", "api_key=": "auth=", "apiKey": "auth"}
SCRIPT = {
    "a missing header": (r"^  (Authorization|apiKey): .*\n", ""),
    "a misnamed header": ("Authorization|apiKey", lambda found: MISNAMED[found[0]]),
    "another key variable": ("RUNAPI_KEY", "RUNAPI_API_KEY"),
    "another package": (r'(?<=from ")(?!node:)|(?<=await )fetch(?=\()', "no"),
    "nothing printed": (r"console\.log\(|process\.stdout\.write\(", "String("),
}
FAULTS_OF_CODE = {
    "curl": {
        "a missing header": (r' \\\n +--header "Authorization: [^"]+"', ""),
        "a misnamed header": ("Authorization: Bearer", "Authorisation: Bearer"),
        "a header of another scheme": ("Authorization: Bearer", "Authorization: Basic"),
        "another key variable": (r"\$RUNAPI_KEY", "$RUNAPI_API_KEY"),
        "another method": ("curl --fail", "curl --request PUT --fail"),
        "a second request": (r"\A", "curl --silent --head ADDRESS/v1/models >/dev/null\n"),
    },
    "python": {
        "a missing header": (r"(api_key=|Bearer \" \+ )os.environ\[.*?\]", r'\1""'),
        "a misnamed header": ("Authorization|api_key=", lambda found: MISNAMED[found[0]]),
        "another key variable": ("RUNAPI_KEY", "RUNAPI_API_KEY"),
        "another package": (r"^(from|import) (anthropic|openai|google|requests)", r"\1 no_\2"),
        "nothing printed": (r"print\(", "str("),
    },
    "javascript": SCRIPT,
    # Node runs it as it stands: nobody but the compiler can tell.
    "typescript": SCRIPT
    | {"a wrong type": (r"\Z", "\nconst key: number = process.env.RUNAPI_KEY;\nString(key);\n")},
    "go": {
        "a missing header": (r'^\t(request|poll)\.Header\.Set\("Authorization", .*\n', ""),
        "a misnamed header": ('"Authorization"', '"Authorisation"'),
        "another key variable": ("RUNAPI_KEY", "RUNAPI_API_KEY"),
        "another method": ('"POST"', '"PUT"'),
        "nothing printed": (r'os\.Stdout|fmt\.Println\("Saved", name\)', "io.Discard"),
        "what no compiler takes": (r"\Z", "\nvar key int = os.Getenv(url)\n"),
    },
    "ruby": {
        "a missing header": (r'^ *(request|poll)\["Authorization"\] = .*\n', ""),
        "a misnamed header": ('"Authorization"', '"Authorisation"'),
        "another key variable": ("RUNAPI_KEY", "RUNAPI_API_KEY"),
        "another method": ("Post.new", "Put.new"),
        "nothing printed": (r"^ *puts |(?<=\|chunk\| )print ", "String "),
    },
    "php": {
        "a missing header": (r"^ +\$authorization,\n|(?<=\[)\$authorization", ""),
        "a misnamed header": ("Authorization:", "Authorisation:"),
        "another key variable": ("RUNAPI_KEY", "RUNAPI_API_KEY"),
        "another method": ("CURLOPT_POSTFIELDS", "CURLOPT_CUSTOMREQUEST => 'PUT', CURLOPT_POSTFIELDS"),
        "nothing printed": (r"^echo .*$|(?<= : )STDOUT", lambda found: "STDERR" * (found[0] == "STDOUT")),
    },
}
