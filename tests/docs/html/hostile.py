"""A repository whose names and descriptions want to be more than text."""
import pathlib

WORD = 'x' * 100_000
RTL = '\u05d0\u05d1\u05d2 \u0627\u0644\u0633\u0631'
TEXTS = [
    '<script>window.pwned = 1</script>',
    '</script><img src=x onerror=window.pwned=1>',
    '"><svg onload=window.pwned=1> \'><b>',
    '``<b>`` and `<i>` and ` ``` and |pipes| and *stars*',
    '{{title}} {{{graph}}} {{> head}} {{#secrets}}',
    '&lt;already&gt; &amp; &#60;script&#62;',
    f'{RTL} \u202e reversed \u202c and \u2066 isolated \u2069',
    'javascript:window.pwned=1 and `click <javascript:window.pwned=1>`__ and `data <data:text/html,x>`__',
    WORD,
    'bell \\x07, escape \\e[31m, delete \\x7f, C1 \\x85 and a NUL \\0 end',
    'line one\\nline two\\r\\n-->]]><!--',
    'A _`target` and target_ and `target`_ again, with a note [#]_ and [1]_.\\n\\n.. [#] It.\\n.. [1] One.',
    '\u2028 and \u2029 end lines in scripts; \ufeff and \u200b are not seen',
]


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


# What a Kubernetes Secret can hold as a key, and yet: as long as can be, and alike but for what labels leave out.
KEYS = ['K' * 253, 'key.0', 'key_0', 'KEY-0', '-', '.a.', '0', 'key-11-target', 'key-11-name', 'key-11-footnote-1']


def secrets(number):
    """Every text as a description, each in another way; each key is copied by the next application."""
    lines = []
    for index, text in enumerate(TEXTS):
        lines.append(f'key-{index}:\n  description: {quoted(text)}')
        if index % 3 == 0:
            lines.append('  generate:\n    type: password')
        elif number > 0:
            lines.append(f'  copy:\n    application: {quoted(names()[number - 1])}\n    key: key-{index}')
        elif index % 3 == 1:
            lines.append(f'  value: {quoted(text)}')
        if index % 4 == 0:
            lines.append(f'  if: {quoted("config." + text.split()[0][:30])}')
    lines += [f'{quoted(key)}:\n  description: {quoted("The key " + key)}' for key in KEYS]
    return '\n'.join(lines) + '\n'


def names():
    """Names of applications, as far as a file system has them."""
    return ['plain', '<script>alert(1)', '"><img src=x onerror=window.pwned=1>', 'back`tick|pipe*star', f'{RTL}\u202e', 'y' * 200,
            "it's & more", '{{title}}', '%3Cscript%3E', ' ', 'tab\there', 'a b', 'con', '..dots..', '-dash', 'ÄÖ\u0301', '#hash?query']


def make(root):
    root = pathlib.Path(root)
    applications = ''.join(f'  {quoted(name)}: true\n' for name in names())

    def write(path, text):
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')

    write('environments/values.yaml', 'applications: {}\n')
    for environment in ['one', '<b>two', f'{RTL}three', 'z' * 150]:
        write(f'environments/values-{environment}.yaml',
              f'name: {quoted(environment)}\nfqdn: {quoted("<i>" + environment)}\nvaultUrl: {quoted("https://<u>vault.example.org")}\n'
              f'vaultPathPrefix: {quoted("secret/" + environment[:40])}\nonepassword:\n  connectUrl: "https://x.example.org/<s>"\n'
              f'  vaultTitle: {quoted(TEXTS[2])}\napplications:\n{applications}')
    for number, name in enumerate(names()):
        chart = f'applications/{name}/'
        write(chart + 'Chart.yaml', f'apiVersion: v2\nname: {quoted(name)}\nversion: 1.0.0\n')
        write(chart + 'values.yaml', 'config:\n  enabled: true\n')
        write(chart + 'secrets.yaml', secrets(number))
        overlay = [(0, 'Only here: ' + TEXTS[0]), (11, 'Once more: ' + TEXTS[11])]
        write(chart + 'secrets-one.yaml', ''.join(f'key-{index}:\n  description: {quoted(text)}\n' for index, text in overlay))
    return root
