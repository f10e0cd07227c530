"""Each rule in its variants, and what looks like its mistake but is none: files laid over base/, and all findings that follow.

variants.py BASE
"""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

MAILER = 'applications/mailer/secrets.yaml'
PORTAL = 'applications/portal/secrets.yaml'
STAGING = 'environments/values-staging.yaml'
SMTP = 'smtp-password:\n  description: Password.\n'
STAGING_HEAD = 'name: staging\nfqdn: staging.example.org\n'
STAGING_TEXT = STAGING_HEAD + 'vaultPathPrefix: secret/observatory/staging\n'
ARGOCD = 'environments/templates/applications/archive.yaml'
ARCHIVE = {'applications/archive/Chart.yaml': 'apiVersion: v2\nname: archive\nversion: 1.0.0\n'}
MAILER_POD = 'applications/mailer/templates/deployment.yaml'
MAILER_VAULT = 'applications/mailer/templates/vault-secret.yaml'
PORTAL_VAULT = 'applications/portal/templates/vault-secret.yaml'
UNKNOWN_IF = '{{- if .Capabilities.APIVersions.Has "example.org/v1" }}\n'
END = '{{- end }}\n'
TEMPLATE = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    path: "applications/archive"\n'
ARGOCD_FULL = ('apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: archive\nspec:\n  destination: {namespace: archive}\n  source:\n    path: applications/archive\n'
               '    helm:\n      parameters:\n      - name: global.vaultSecretsPath\n        value: {{ .Values.vaultPathPrefix | quote }}\n      valueFiles: [values.yaml, "values-{{ .Values.name }}.yaml"]\n')
WORKER = 'apiVersion: v2\nname: {}\nversion: 1.0.0\ndependencies:\n- {{name: worker, version: 1.0.0, repository: "file://../../charts/worker"}}\n'
SHARED = {'charts/worker/Chart.yaml': 'apiVersion: v2\nname: worker\nversion: 1.0.0\n', **{f'applications/{name}/Chart.yaml': WORKER.format(name) for name in ('mailer', 'portal')}}
SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\n'
CHOSEN = 'kaleidoscope-7-lantern'
DRAWN = 'q7Wd2kXv9LtB4mYc6RzN1s'
HEX = '9f3b7c1e5a8d2046b1e7f09c3d5a8e21'


def smtp(text):
    return {MAILER: SMTP + text}


def hook(text, **files):
    return {'.pre-commit-config.yaml': 'repos:\n- repo: local\n  hooks:\n  - id: lint\n' + text,
            'applications/mailer/secrets-staging.yaml': 'staging-token:\n  description: Token.\n', **files}


def flat(text):
    """The layout of SQR-079 with a template that writes the name of an application in its own way."""
    production = 'name: production\nfqdn: x\nvaultPathPrefix: secret/observatory/production\ndatabase: {enabled: true}\nmailer: {enabled: true}\n'
    template = '{{- if .Values.NAME.enabled }}\napiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    path: "applications/APPLICATION"\n{{- end }}\n'
    return {STAGING: STAGING_TEXT + text, 'environments/values-production.yaml': production, 'environments/values.yaml': 'vaultUrl: https://v.example.org\nportal: {enabled: true}\n',
            **{f'environments/templates/applications/{name}.yaml': template.replace('NAME', name.replace('mailer', 'mail_er')).replace('APPLICATION', name)
               for name in ('database', 'mailer', 'portal')}}


def vault_secret(name, entry, more='', kind='Opaque'):
    return (f'apiVersion: ricoberger.de/v1alpha1\nkind: VaultSecret\nmetadata:\n  name: {name}\nspec:\n'
            f'  path: "{{{{ .Values.global.vaultSecretsPath }}}}/{entry}"\n  type: {kind}\n{more}')


def pod(name, spec):
    return f'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n{spec}'


def env(*pairs, before='', after='', more=''):
    """A container that takes keys of Secrets: line 9 names the first Secret, line 10 its key, four lines on the next."""
    rows = ''.join(f'    - name: V{number}\n      valueFrom:\n        secretKeyRef:\n          name: {secret}\n          key: {key}\n{more}' for number, (secret, key) in enumerate(pairs))
    return f'  containers:\n  - name: c\n    env:\n{before}{rows}{after}'


def mailer(*env_pairs, vault=None, **arguments):
    """The mailer with a pod that takes keys one by one, and perhaps another VaultSecret."""
    return {MAILER_POD: pod('mailer', env(*env_pairs, **arguments)), **({} if vault is None else {MAILER_VAULT: vault})}


# Name: (files, findings as "PATH:LINE:COLUMN CODE"); bytes are written as they are, None removes a file.
VARIANTS = {
    'empty secrets file': ({'applications/mailer/secrets-staging.yaml': ''}, []),
    'comments alone': ({'applications/mailer/secrets-staging.yaml': '# nothing\n'}, []),
    'null document': ({'applications/mailer/secrets-staging.yaml': '---\n~\n'}, []),
    'explicit end': ({'applications/mailer/secrets-staging.yaml': '---\na:\n  description: A.\n...\n'}, []),
    'byte order mark': ({MAILER: b'\xef\xbb\xbfsmtp-password:\n  description: Password.\n'}, []),
    'line ends of Windows': ({MAILER: SMTP.replace('\n', '\r\n') + 'a:\r\n  descripton: A.\r\n  description: A.\r\n'}, [f'{MAILER}:4:3 ASP101']),
    'unicode before the place': (smtp('a: {description: "äöü€𝄞", iff: x}\n'), [f'{MAILER}:3:27 ASP101']),
    'JSON': ({MAILER: '{"smtp-password": {"description": "P", "valeu": "x"}}'}, [f'{MAILER}:1:40 ASP101']),
    'tab': ({MAILER: 'smtp-password:\n\tdescription: P\n'}, [f'{MAILER}:2:1 ASP002']),
    'broken file alone': ({MAILER: 'smtp-password: {description: "P", copy: {application: nowhere, key: x}\n'}, [f'{MAILER}:2:1 ASP002']),
    'broken environment alone': ({STAGING: 'name: [\n'}, [f'{STAGING}:2:1 ASP002']),
    'broken values alone': ({'applications/portal/values.yaml': 'config: "\n'}, ['applications/portal/values.yaml:2:1 ASP002']),
    'trailing divider': ({MAILER: SMTP + '---\n'}, [f'{MAILER}:3:1 ASP004']),
    'duplicate after quotes': (smtp("'smtp-password':\n  description: P.\n"), [f'{MAILER}:3:1 ASP003']),
    'duplicate three times': (smtp('smtp-password: {description: P}\nsmtp-password: {description: P}\n'), [f'{MAILER}:3:1 ASP003', f'{MAILER}:4:1 ASP003']),
    'duplicate numbers': ({'applications/mailer/values.yaml': 'host: x\nports: {1: a, 0x1: b}\n'}, ['applications/mailer/values.yaml:2:15 ASP003']),
    'duplicate deep in flow': ({'applications/mailer/values.yaml': 'a: [{b: {c: 1, c: 2}}]\n'}, ['applications/mailer/values.yaml:1:16 ASP003']),
    'anchor defined twice': (smtp('a: {description: &text A.}\nb: {description: &text B.}\n'), [f'{MAILER}:4:18 ASP008']),
    'list as a key': (smtp('? [a]\n: {description: A.}\n'), [f'{MAILER}:3:3 ASP008']),
    'merge keys repeated': (smtp('x: &x {description: X.}\ny: &y {description: Y.}\nz: {<<: *x, <<: *y}\n'), []),
    'scalar at the top': ({MAILER: 'nothing\n'}, [f'{MAILER}:1:1 ASP005']),
    'NUL byte': ({MAILER: b'smtp-password:\n  description: "P\x00"\n'}, [f'{MAILER}:2:18 ASP006']),
    'UTF-16': ({MAILER: SMTP.encode('utf-16')}, [f'{MAILER}:1:1 ASP006']),
    'explicit tag that does not fit': (smtp('a:\n  description: !!int x\n'), [f'{MAILER}:4:16 ASP008']),
    'unknown tag where PyYAML reads': (smtp('a:\n  description: !vault x\n'), [f'{MAILER}:4:16 ASP008']),
    'unknown tag where others read': ({'cloud/stack.yaml': 'a: !Ref b\n'}, []),
    'several documents where they may be': ({'deploy/all.yaml': 'a: 1\n---\nb: 1\n'}, []),
    'broken manifest': ({'deploy/all.yaml': 'a: [1\n'}, ['deploy/all.yaml:2:1 ASP002']),
    'duplicate in a manifest': ({'deploy/all.yaml': 'a: 1\nb: 1\na: 2\n'}, ['deploy/all.yaml:3:1 ASP003']),
    'template of another engine': ({'deploy/all.yaml': 'a: {{ b }}\n{% if x %}\n'}, []),
    'broken on purpose': ({'src/tests/broken.yaml': 'a: [1\n'}, []),
    'workflow expressions': ({'.github/workflows/ci.yaml': 'on: push\nenv: {a: "${{ b }}"}\non: x\n'}, ['.github/workflows/ci.yaml:3:1 ASP003']),

    'secrets of an unknown environment': ({'applications/mailer/secrets-stagin.yaml': 'a: {description: A.}\n'}, ['applications/mailer/secrets-stagin.yaml:1:1 ASP010']),
    'values file that Argo CD names': ({**ARCHIVE, 'applications/archive/values-extra.yaml': 'a: 1\n',
                                        ARGOCD: TEMPLATE + '    helm:\n      valueFiles:\n        - "values-extra.yaml"\n'}, []),
    'enabled in the defaults, unknown': ({'environments/values.yaml': 'vaultUrl: https://v.example.org\napplications: {portal: true, database: true, mailer: true, nothing: true}\n'},
                                         ['environments/values.yaml:2:60 ASP011']),
    'misspelled key': (smtp('a: {descripton: A.}\n'), [f'{MAILER}:3:1 ASP105', f'{MAILER}:3:5 ASP101']),
    'disabled, unknown': ({STAGING: STAGING_TEXT + 'applications: {nothing: false}\n'}, []),
    'chart of another spelling': ({'applications/archive/Chart.yml': 'name: archive\n'}, ['applications/archive/Chart.yml:1:1 ASP012']),
    'guard that is not understood': ({**ARCHIVE, ARGOCD: '{{- if include "wanted" . }}\n' + TEMPLATE + '{{- end }}\n'}, []),
    'guard that is false': ({**ARCHIVE, ARGOCD: '{{- if .Values.applications.archive }}\n' + TEMPLATE + '{{- end }}\n'},
                            ['applications/archive/Chart.yaml:1:1 ASP013']),
    'guard of another application': ({**ARCHIVE, ARGOCD: '{{- if (index .Values "applications" "portal") }}\n' + TEMPLATE + '{{- end }}\n'}, []),
    'not and or': ({**ARCHIVE, ARGOCD: '{{- if not (or .Values.applications.portal .Values.applications.mailer) }}\n' + TEMPLATE + '{{- end }}\n'},
                   ['applications/archive/Chart.yaml:1:1 ASP013']),

    'name that ends too early': ({'applications/mailer/secrets-.yaml': 'a: {description: A.}\n', 'environments/values-.yaml': 'a: 1\n'},
                                 ['applications/mailer/secrets-.yaml:1:1 ASP014', 'environments/values-.yaml:1:1 ASP014']),
    'folder of an editor': ({'applications/.ipynb_checkpoints/notes.yaml': 'a: 1\n'}, []),
    'secrets.yml': ({'applications/mailer/secrets.yml': 'a: {description: A.}\n'}, ['applications/mailer/secrets.yml:1:1 ASP014']),
    'secret.yaml': ({'applications/mailer/secret.yaml': 'a: {description: A.}\n'}, ['applications/mailer/secret.yaml:1:1 ASP014']),
    'Secrets.YAML': ({'applications/mailer/Secrets.YAML': 'a: {description: A.}\n'}, ['applications/mailer/Secrets.YAML:1:1 ASP014']),
    'values of an environment with a dot': ({'applications/mailer/values.staging.yaml': 'a: 1\n'}, ['applications/mailer/values.staging.yaml:1:1 ASP014']),
    'secret of an environment': ({'applications/mailer/secret-staging.yaml': 'a: {description: A.}\n'}, ['applications/mailer/secret-staging.yaml:1:1 ASP014']),
    'environment file with an underscore': ({'environments/values_staging.yaml': 'a: 1\n'}, ['environments/values_staging.yaml:1:1 ASP014']),
    'a slip of the keyboard': ({'applications/mailer/secrtes.yaml': 'a: {description: A.}\n'}, ['applications/mailer/secrtes.yaml:1:1 ASP014']),
    'example of a values file': ({'applications/mailer/values.example.yaml': 'a: 1\n'}, []),
    'manifest beside the chart': ({'applications/mailer/secret.yaml': 'apiVersion: v1\nkind: Secret\n'}, []),
    'subchart with secrets': ({'applications/mailer/charts/relay/Chart.yaml': 'apiVersion: v2\nname: relay\nversion: 1.0.0\n',
                               'applications/mailer/charts/relay/secrets.yaml': 'a: 1\n'}, []),
    'secret store': ({'applications/mailer/secret-store.yaml': 'a: 1\n'}, []),

    'hook that sees all': (hook('    files: ^applications/.*/secrets.*\\.yaml$\n'), []),
    'hook that sees none': (hook('    files: \\.py$\n'), []),
    'hook that misses overlays': (hook('    files: secrets\\.yaml$\n'), ['.pre-commit-config.yaml:5:12 ASP015']),
    'hook with an exclusion': (hook('    files: ^applications/.*/secrets\n    exclude: secrets-staging\n'), []),
    'hook with an exclusion for all': ({**hook('    files: secrets\\.yaml$\nexclude: -staging\\.yaml$\n')}, []),
    'hook of one application': (hook('    files: ^applications/portal/\n'), []),
    'hook for Python': (hook('    files: secrets\\.yaml$\n    types: [python]\n'), []),
    'hook for YAML': (hook('    files: secrets\\.yaml$\n    types: [yaml]\n'), ['.pre-commit-config.yaml:5:12 ASP015']),
    'hook without an expression': (hook('    args: [x]\n'), []),
    'hook with a broken expression': (hook('    files: "secrets["\n'), []),
    'hook in words': (hook('    files: |\n      (?x)^(\n        applications/[^/]+/secrets\\.yaml |\n        docs/.*\n      )$\n'), ['.pre-commit-config.yaml:5:12 ASP015']),
    'hook for names without hyphens': (hook('    files: ^environments/values-[a-z]+\\.yaml$\n', **{
        'environments/values-test-bed.yaml': 'name: test-bed\nfqdn: x\nvaultPathPrefix: secret/x/y\n'}), ['.pre-commit-config.yaml:5:12 ASP015']),

    'key in a stanza': (smtp('a:\n  description: A.\n  copy: {application: database, key: admin-password, fi: x}\n'), [f'{MAILER}:5:54 ASP101']),
    'key under onepassword': (smtp('a:\n  description: A.\n  onepassword: {encode: true}\n'), [f'{MAILER}:5:17 ASP101']),
    'near miss in an environment': ({STAGING: STAGING_TEXT + 'vaulturl: https://v.example.org\n'}, [f'{STAGING}:4:1 ASP101']),
    'near miss below a setting': ({STAGING: STAGING_TEXT + 'onepassword: {connectURL: https://o.example.org}\n'}, [f'{STAGING}:4:15 ASP101']),
    'far miss in an environment': ({STAGING: STAGING_TEXT + 'butlerRepositoryIndex: x\nlogging: x\n'}, []),
    'wrong types': (smtp('a: text\nb: [1]\nc: {description: [x]}\nd: {description: D., if: true}\ne: {description: E., copy: x}\nf: {description: F., generate: [password]}\n'
                         'g: {description: G., value: 5}\nh: {description: H., onepassword: true}\ni: {description: I., onepassword: {encoded: "true"}}\n'),
                    [f'{MAILER}:{place} ASP102' for place in ('3:4', '4:4', '5:18', '6:26', '7:28', '8:32', '9:29', '10:35', '11:45')]),
    'keys that are no strings': (smtp('~: {description: A.}\nyes: {description: B.}\n2024-01-01: {description: C.}\n'),
                                 [f'{MAILER}:{line}:1 ASP102' for line in (3, 4, 5)]),
    'condition of a wrong type': (smtp('a: {description: A., if: [host]}\nb: {description: B., copy: {application: database, key: admin-password, if: 1}}\n'),
                                  [f'{MAILER}:3:26 ASP102', f'{MAILER}:4:77 ASP102']),
    'one mistake under several names': (smtp('a: &a {description: "", valeu: x, value: "", if: nothing.sets, copy: {application: nowhere, kye: x}}\nb: *a\nc: {<<: *a}\n'),
                                        [f'{MAILER}:3:{column} {code}' for column, code in ((25, 'ASP101'), (42, 'ASP104'), (50, 'ASP301'), (64, 'ASP103'), (84, 'ASP201'), (93, 'ASP101'))]),
    'the same mistakes in two places': (smtp('a: {description: A., valeu: x, vlaue: x}\nb: {description: B., valeu: x}\n'),
                                        [f'{MAILER}:3:22 ASP101', f'{MAILER}:3:32 ASP101', f'{MAILER}:4:22 ASP101']),
    'condition of a stanza that is empty': (smtp('a: {copy: {application: database, key: admin-password, if: ""}}\n'), [f'{MAILER}:3:60 ASP104']),
    'wrong types in an environment': ({STAGING: STAGING_TEXT + 'onepassword: yes\ntargetRevision: 1.0\n'}, [f'{STAGING}:4:14 ASP102', f'{STAGING}:5:17 ASP102']),
    'flags at the top': (flat('portal: {enabled: "false"}\nmailer: {enabld: true, extra: 1}\nmailr: {enabled: true}\nmail_er: {enabled: true}\nloki: {enabled: 5}\nprtal: {other: 1}\n'
                              'database: {enabled: true}\n'), [f'{STAGING}:4:19 ASP102', f'{STAGING}:5:10 ASP101', f'{STAGING}:6:1 ASP101']),
    'key that is no string': (smtp('12: {description: A.}\n'), [f'{MAILER}:3:1 ASP102']),
    'missing parts': (smtp('a: {description: A., copy: {}}\nb: {description: B., copy: {application: database, key: null}}\nc: {description: C., generate: {if: host}}\n'
                           'd: {description: D., generate: {type: ~}}\n'),
                      [f'{MAILER}:{place} ASP103' for place in ('3:22', '3:22', '4:52', '5:22', '6:33')]),
    'null stanzas': (smtp('a: {description: A., copy: null, generate: ~, value: , if: null, onepassword: }\n'), []),
    'null entry': (smtp('a:\nb: ~\n'), [f'{MAILER}:3:1 ASP105', f'{MAILER}:4:1 ASP105']),
    'empty strings': (smtp('a: {description: A., value: ""}\nb: {description: B., if: ""}\nc: {description: ""}\nd: {description: "\\n "}\n'),
                      [f'{MAILER}:3:29 ASP104', f'{MAILER}:4:26 ASP104', f'{MAILER}:5:18 ASP105', f'{MAILER}:6:18 ASP111']),
    'empty block as description': (smtp('a:\n  description: >-\n\nb:\n  description: B.\n'), [f'{MAILER}:4:16 ASP105']),
    'copied descriptions': (smtp('a: {copy: {application: database, key: admin-password}}\nb: {copy: {application: database, key: admin-password, if: host}}\n'), [f'{MAILER}:4:1 ASP105']),
    'types that do not exist': (smtp('a: {description: A., generate: {type: Password}}\nb: {description: B., generate: {type: ""}}\n'),
                                [f'{MAILER}:3:39 ASP104', f'{MAILER}:4:39 ASP104']),
    'several origins': (smtp('a: {description: A., generate: {type: password}, copy: {application: database, key: admin-password}}\n'
                             'b: {description: B., value: x, copy: {application: database, key: admin-password}}\n'
                             'c: {description: C., value: x, copy: {application: database, key: admin-password}, generate: {type: password}}\n'
                             'd: {description: D., value: x, generate: {type: password, if: host}}\n'),
                        [f'{MAILER}:3:50 ASP106', f'{MAILER}:4:32 ASP106', f'{MAILER}:5:84 ASP106', f'{MAILER}:6:22 ASP206']),
    'sources': (smtp('a: {description: A., generate: {type: mtime}}\nb: {description: B., generate: {type: mtime, source: null}}\n'
                     'c: {description: C., generate: {type: rsa-private-key, source: a}}\nd: {description: D., generate: {type: mtime, source: smtp}}\n'
                     'e: {description: E., generate: {type: mtime, source: smtp-password}}\n'),
                [f'{MAILER}:3:39 ASP107', f'{MAILER}:4:39 ASP107', f'{MAILER}:5:56 ASP108', f'{MAILER}:6:54 ASP109']),
    'key names': (smtp('a_B.9-: {description: A.}\nä: {description: A.}\n"": {description: A.}\n..a: {description: A.}\n' + 'x' * 254 + ': {description: A.}\n' + 'y' * 253 + ': {description: A.}\n'),
                  [f'{MAILER}:4:1 ASP110', f'{MAILER}:5:1 ASP110', f'{MAILER}:6:1 ASP110', f'{MAILER}:7:1 ASP110']),
    'always true': ({'aspis.yaml': 'severities: {ASP303: note}\n', 'applications/database/values-staging.yaml': 'backup: {enabled: true}\n'},
                    ['applications/database/secrets.yaml:9:7 ASP303']),
    'true wherever it can be read': ({'aspis.yaml': 'severities: {ASP303: note}\n', 'applications/database/values-staging.yaml': 'backup: {enabled: true}\n---\n'},
                                     ['applications/database/values-staging.yaml:2:1 ASP004']),
    'repeated entry in another order': ({'applications/database/secrets-staging.yaml': 'admin-password:\n  generate: {"type": password}\n'
                                         '  description: "Password of the administrator. It may be changed at any time."\n'}, ['applications/database/secrets-staging.yaml:1:1 ASP112']),
    'encoded': (smtp('a: {description: A., onepassword: {encoded: true}}\nb: {description: B., onepassword: {encoded: true}, copy: {application: database, key: admin-password, if: host}}\n'
                     'c: {description: C., onepassword: {encoded: true}, value: x}\nd: {description: D., onepassword: {encoded: false}, value: x}\n'), [f'{MAILER}:5:36 ASP113']),
    'anchors and merges': (smtp('a: &a {description: A., generate: {type: password}}\nb: *a\nc: {<<: *a, onepassword: {encoded: true}}\n'), [f'{MAILER}:5:27 ASP113']),

    'copies of nothing': (smtp('a: {copy: {application: nowhere, key: x}, if: host}\nb: {copy: {application: Database, key: admin-password}}\nc: {copy: {application: portal, key: nothing}}\n'),
                          [f'{MAILER}:3:25 ASP201', f'{MAILER}:4:25 ASP201', f'{MAILER}:5:38 ASP203']),
    'copy from an application without secrets': ({**ARCHIVE, ARGOCD: TEMPLATE, **smtp('a: {copy: {application: archive, key: x}}\n')}, [f'{MAILER}:3:39 ASP203']),
    'copy from an application with secrets of one environment': ({**ARCHIVE, ARGOCD: TEMPLATE, 'applications/archive/secrets-staging.yaml': 'y: {description: Y.}\n',
                                                                  **smtp('a: {copy: {application: archive, key: x}}\n')}, [f'{MAILER}:3:39 ASP203']),
    'copy from a broken file': ({**smtp('a: {copy: {application: portal, key: nothing}}\n'), PORTAL: 'x: [\n'}, [f'{PORTAL}:2:1 ASP002']),
    'copy of what another environment declares': ({'applications/database/secrets-production.yaml': 'x: {description: X.}\n', PORTAL: 'y: {copy: {application: database, key: x}}\n'}, [f'{PORTAL}:1:40 ASP204']),
    'copy in an overlay of one environment': ({'applications/portal/secrets-staging.yaml': 'y: {copy: {application: mailer, key: smtp-password}}\n'},
                                              ['applications/portal/secrets-staging.yaml:1:25 ASP202']),
    'unneeded copy from a disabled application': ({'applications/portal/values-staging.yaml': 'config: {mail: {enabled: no}}\n'}, []),
    'self copy': (smtp('a: {copy: {application: mailer, key: a}}\n'), [f'{MAILER}:3:38 ASP205']),
    'circle of sources': (smtp('a: {description: A., generate: {type: mtime, source: b}}\nb: {description: B., generate: {type: mtime, source: a}}\n'), [f'{MAILER}:3:54 ASP205']),
    'conditional circle that is open': (smtp('a: {description: A., copy: {application: mailer, key: b, if: off}}\nb: {copy: {application: mailer, key: a}}\n') |
                                        {'applications/mailer/values.yaml': 'host: x\n"off": false\n'}, [f'{MAILER}:3:62 ASP102']),
    'source that is not required': ({'applications/database/secrets.yaml': 'portal-password: {description: P.}\nadmin-password: {description: P., if: backup.enabled}\n'
                                     'hash: {description: H., generate: {type: bcrypt-password-hash, source: admin-password}}\n'}, ['applications/database/secrets.yaml:3:72 ASP207']),
    'one key, decided by the overlay': ({'applications/portal/secrets-staging.yaml': 'smtp-password: {description: S., if: config.mail.enabled, copy: {application: nowhere, key: x}}\n'},
                                        ['applications/portal/secrets-staging.yaml:1:79 ASP201']),

    'condition through an unquoted boolean key': ({'applications/mailer/values.yaml': 'host: x\nrelay: {on: true}\n', **smtp('a: {description: A., if: relay.on}\n')}, [f'{MAILER}:3:26 ASP301']),
    'condition through a quoted boolean key': ({'applications/mailer/values.yaml': 'host: x\nrelay: {"on": true}\n', **smtp('a: {description: A., if: relay.on}\n')}, []),
    'condition through an unquoted number': ({'applications/mailer/values.yaml': 'host: x\n8080: {on: true}\n', **smtp('a: {description: A., if: 8080.on}\n')}, [f'{MAILER}:3:26 ASP301']),
    'condition as templates write it': (smtp('a: {description: A., if: .Values.host}\n'), [f'{MAILER}:3:26 ASP301']),
    'conditions that are expressions': (smtp('a: {description: A., if: not host}\nb: {description: B., if: "host == 1"}\nc: {description: C., if: relay..on}\nd: {description: D., if: .relay}\n'),
                                        [f'{MAILER}:{line}:26 ASP301' for line in (3, 4, 5, 6)]),
    'three origins at once': (smtp('a: {description: A., value: x, generate: {type: password, if: host}, copy: {application: database, key: admin-password, if: host}}\n'), [f'{MAILER}:3:32 ASP206']),
    'condition with a slip': (smtp('a: {description: A., if: hosst}\n'), [f'{MAILER}:3:26 ASP301']),
    'condition in an overlay': ({'applications/mailer/secrets-production.yaml': 'a: {description: A., generate: {type: password, if: nothing.here}}\n'},
                                ['applications/mailer/secrets-production.yaml:1:53 ASP301']),
    'condition on a parameter': ({PORTAL: 'a: {description: A., if: global.vaultSecretsPath}\n'}, []),
    'condition on a subchart': ({'applications/mailer/charts/relay/Chart.yaml': 'apiVersion: v2\nname: relay\nversion: 1.0.0\n',
                                 'applications/mailer/charts/relay/values.yaml': 'enabled: false\n', **smtp('a: {description: A., if: relay.enabled}\n')}, []),
    'condition on a subchart that is true': ({'applications/mailer/charts/relay/Chart.yaml': 'apiVersion: v2\nname: relay\nversion: 1.0.0\n',
                                              'applications/mailer/charts/relay/values.yaml': 'enabled: true\n', **smtp('a: {description: A., if: relay.enabled}\n')}, [f'{MAILER}:3:26 ASP302']),
    'condition on a chart from elsewhere': ({'applications/mailer/Chart.yaml': 'apiVersion: v2\nname: mailer\nversion: 1.0.0\ndependencies:\n- {name: redis, version: 1.0.0, repository: https://charts.example.org}\n',
                                             **smtp('a: {description: A., if: redis.auth.enabled}\n')}, []),
    'condition set to null': ({'applications/mailer/values.yaml': 'host: x\nrelay: {url: null}\n', **smtp('a: {description: A., if: relay.url}\n')}, []),
    'condition below null': ({'applications/mailer/values.yaml': 'host: x\nrelay: null\n', **smtp('a: {description: A., if: relay.url}\n')}, [f'{MAILER}:3:26 ASP301']),
    'condition on strings': ({'applications/mailer/values.yaml': 'host: x\na: "no"\nb: "0"\nc: "False"\nd: "yes"\ne: no\n',
                              **smtp(''.join(f'k{key}: {{description: A., if: {key}}}\n' for key in 'abcde'))},
                             ['applications/mailer/values.yaml:2:4 ASP304', 'applications/mailer/values.yaml:3:4 ASP304', 'applications/mailer/values.yaml:4:4 ASP304']),
    'string that every environment replaces': ({'applications/mailer/values.yaml': 'host: x\na: "no"\n', 'applications/mailer/values-production.yaml': 'a: true\n',
                                                **smtp('k: {description: A., if: a}\n')}, []),
    'condition through a list': ({'applications/mailer/values.yaml': 'host: x\na: [b]\n', **smtp('k: {description: A., if: a.b}\n')}, ['applications/mailer/values.yaml:2:4 ASP305']),
    'condition through text, twice': ({'applications/mailer/values.yaml': 'host: x\n', **smtp('k: {description: A., if: host.b}\nl: {description: A., if: host.c.d}\n')},
                                      ['applications/mailer/values.yaml:1:7 ASP305']),

    'undeclared keys in keys': ({MAILER_VAULT: vault_secret('mailer', 'mailer', '  keys:\n  - smtp-password\n  - relay\n  - "other"\n')}, [f'{MAILER_VAULT}:10:5 ASP401', f'{MAILER_VAULT}:11:5 ASP401']),
    'undeclared keys in templates': ({MAILER_VAULT: vault_secret('mailer', 'mailer', '  templates:\n    a: "{% .Secrets.relay %}"\n    b: \'{% index .Secrets "smtp-password" %}:{% index .Secrets "other" %}\'\n')},
                                     [f'{MAILER_VAULT}:9:12 ASP401', f'{MAILER_VAULT}:10:64 ASP401']),
    'undeclared key, used twice': (mailer(('mailer', 'relay'), ('mailer', 'smtp-password'), ('mailer', 'relay')), [f'{MAILER_POD}:13:16 ASP401']),
    'undeclared key as an item of a volume': ({MAILER_POD: pod('mailer', '  volumes:\n  - name: v\n    secret:\n      secretName: mailer\n      items:\n      - {key: smtp-password, path: p}\n      - {key: relay, path: r}\n')},
                                              [f'{MAILER_POD}:12:15 ASP401']),
    'undeclared key that may be missing': (mailer(('mailer', 'relay'), ('mailer', 'smtp-password'), more='          optional: true\n'), []),
    'undeclared key under a condition that nobody knows': (mailer(('mailer', 'smtp-password'), after='    ' + UNKNOWN_IF + env(('mailer', 'relay')).split('env:\n')[1] + '    ' + END), []),
    'undeclared key under a condition that is false': (mailer(('mailer', 'smtp-password'), after='    {{- if .Values.relay }}\n' + env(('mailer', 'relay')).split('env:\n')[1] + '    ' + END), []),
    'undeclared key in one environment': ({**mailer(('mailer', 'smtp-password'), after='    {{- if .Values.relay }}\n' + env(('mailer', 'relay')).split('env:\n')[1] + '    ' + END),
                                           'applications/mailer/values-production.yaml': 'relay: true\n'}, [f'{MAILER_POD}:19:16 ASP401']),
    'key that another environment declares': ({**mailer(('mailer', 'smtp-password'), ('mailer', 'relay')), 'applications/mailer/secrets-staging.yaml': 'relay: {description: R.}\n'}, []),
    'key that is renamed': (mailer(('mailer', 'password'), vault=vault_secret('mailer', 'mailer', '  templates:\n    password: \'{% index .Secrets "smtp-password" %}\'\n')), []),
    'keys of a range': ({**mailer(('mailer', 'smtp-password'), vault=vault_secret('mailer', 'mailer', '  keys:\n  {{- range .Values.keys }}\n  - {{ . | quote }}\n  {{- end }}\n')),
                         'applications/mailer/values.yaml': 'host: x\nkeys: [smtp-password]\n'}, []),
    'key of the pull secret': (mailer(('mailer', 'smtp-password'), ('pull', '.dockerconfigjson'), vault=vault_secret('mailer', 'mailer') + '---\n' + vault_secret('pull', 'pull-secret')), []),
    'entry of an application without secrets': ({**ARCHIVE, ARGOCD: '{{- if .Values.applications.portal }}\n' + ARGOCD_FULL + '{{- end }}\n', 'applications/archive/secrets.yaml': '{}\n',
                                                 'applications/archive/templates/v.yaml': vault_secret('archive', 'archive', '  keys: [a, b]\n')}, ['applications/archive/templates/v.yaml:6:9 ASP407']),
    'entry of no application, read twice': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'maler') + '---\n' + vault_secret('b', 'maler')}, [f'{MAILER_VAULT}:14:9 ASP407']),
    'entry elsewhere in Vault': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'x').replace('{{ .Values.global.vaultSecretsPath }}', 'secret/elsewhere')}, []),
    'entry that nobody knows': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', '{{ randAlpha 5 }}')}, []),
    'entry under a condition that nobody knows': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + UNKNOWN_IF + vault_secret('a', 'x') + END}, []),
    'entry of an application whose file is broken': ({MAILER: 'a: [\n', MAILER_VAULT: vault_secret('mailer', 'mailer', '  keys: [x]\n')}, [f'{MAILER}:2:1 ASP002']),
    'folder in Vault': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'mailer/relay')}, []),
    'entry of another application': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'portal')}, [f'{MAILER_VAULT}:14:9 ASP403']),
    'entry of another application for a key of its own': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'portal', '  keys: [smtp-password]\n')}, [f'{MAILER_VAULT}:14:9 ASP403']),
    'entry and key of another application': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('a', 'portal', '  keys: [nothing]\n')}, [f'{MAILER_VAULT}:14:9 ASP403', f'{MAILER_VAULT}:16:10 ASP401']),
    'own entries through a shared chart': ({**SHARED, 'charts/worker/templates/v.yaml': vault_secret('worker', '{{ .Values.entry }}'),
                                            'applications/portal/values.yaml': 'config: {mail: {enabled: false}}\nworker: {entry: portal}\n', 'applications/mailer/values.yaml': 'host: x\nworker: {entry: mailer}\n'}, []),
    "another's entry through a shared chart": ({**SHARED, 'charts/worker/templates/v.yaml': vault_secret('worker', 'mailer')}, ['charts/worker/templates/v.yaml:6:9 ASP403']),
    'keys through a shared chart': ({**SHARED, 'charts/worker/templates/v.yaml': vault_secret('worker', '{{ .Values.entry }}', '  keys: [{{ .Values.key }}]\n'),
                                     'applications/portal/values.yaml': 'config: {mail: {enabled: false}}\nworker: {entry: portal, key: session-key}\n', 'applications/mailer/values.yaml': 'host: x\nworker: {entry: mailer, key: nothing}\n'},
                                    ['charts/worker/templates/v.yaml:8:10 ASP401']),

    'Secret that nothing makes': (mailer(('mailer', 'smtp-password'), ('nothing', 'x')), [f'{MAILER_POD}:17:17 ASP404']),
    'Secrets that nothing makes, of all kinds': ({MAILER_POD: pod('mailer', '  imagePullSecrets:\n  - name: pull\n  containers:\n  - name: c\n    envFrom:\n    - secretRef: {name: mailer}\n    - secretRef: {name: more}\n'
                                                  '  volumes:\n  - name: a\n    secret: {secretName: volume}\n  - name: b\n    projected:\n      sources:\n      - secret: {name: projected}\n')},
                                                 [f'{MAILER_POD}:{place} ASP404' for place in ('7:11', '12:25', '15:26', '19:24')]),
    'Secrets that may be missing or that nobody knows': (mailer(('mailer', 'smtp-password'), ('nothing', 'x'), ('{{ randAlpha 5 }}', 'x'), more='          optional: true\n'), []),
    'Secrets of operators': (mailer(('mailer', 'smtp-password'), ('mailer-cluster-ca-cert', 'ca.crt'), ('argocd-secret', 'x'), ('mailer.mail.credentials.postgresql.acid.zalan.do', 'x')), []),
    'Secret in a namespace with a chart from elsewhere': ({**mailer(('mailer', 'smtp-password'), ('redis', 'x')), 'applications/mailer/Chart.yaml':
                                                           'apiVersion: v2\nname: mailer\nversion: 1.0.0\ndependencies:\n- {name: redis, version: 1.0.0, repository: https://charts.example.org}\n'}, []),
    'Secret beside which another source is deployed': ({**mailer(('mailer', 'smtp-password'), ('redis', 'x')),
                                                        'environments/templates/applications/mailer.yaml': ARGOCD_FULL.replace('archive', 'mailer').replace('  source:\n    path: applications/mailer\n    helm:\n', '  sources:\n'
                                                        '  - {repoURL: https://charts.example.org, chart: redis, targetRevision: 1.0.0}\n  - path: applications/mailer\n    helm:\n')}, []),
    'Secret in another namespace': ({**mailer(('portal', 'session-key'), ('mailer', 'smtp-password'))}, [f'{MAILER_POD}:12:17 ASP404']),
    'key of a part whose values are taken away': ({'charts/worker/Chart.yaml': SHARED['charts/worker/Chart.yaml'], 'charts/worker/values.yaml': 'key: smtp-password\n',
                                                              'charts/worker/templates/pod.yaml': pod('worker', env(('mailer', '{{ .Values.key }}'))), 'applications/mailer/Chart.yaml': WORKER.format('mailer'),
                                                              'applications/mailer/values.yaml': 'host: x\nworker: {key: nothing}\n', **{f'applications/mailer/values-{environment}.yaml': 'worker: null\n' for environment in ('production', 'staging')}}, []),
    'key that templates do not make': (mailer(('mailer', 'smtp-password'), vault=vault_secret('mailer', 'mailer', '  templates:\n    password: \'{% index .Secrets "smtp-password" %}\'\n')), [f'{MAILER_POD}:13:16 ASP405']),
    'key that a template with all of Vault does not make': (mailer(('mailer', 'smtp-password'), vault=vault_secret('mailer', 'mailer', '  templates:\n    all: "{% toJson .Secrets %}"\n')), [f'{MAILER_POD}:13:16 ASP405']),
    'manifests that nobody knows': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password'), ('nothing', 'x')),
                                     'applications/mailer/templates/extra.yaml': '{{- range $_, $text := .Files.Glob "extra/*.yaml" }}\n---\n{{ tpl (toString $text) $ }}\n{{- end }}\n'}, []),
    'manifests of files': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password'), ('nothing', 'x')),
                            'applications/mailer/templates/extra.yaml': '{{- range $path, $_ := .Files.Glob "extra/*.yaml" }}\n---\n{{ $.Files.Get $path }}\n{{- end }}\n'}, []),
    'key that keys leave out': ({**smtp('relay: {description: R., if: host}\n'), **mailer(('mailer', 'smtp-password'), ('mailer', 'relay'), vault=vault_secret('mailer', 'mailer', '  keys: [smtp-password]\n'))}, [f'{MAILER_POD}:18:16 ASP405']),
    'key that a Secret lacks': (mailer(('mailer', 'smtp-password'), ('plain', 'x'), ('plain', 'y'), vault=vault_secret('mailer', 'mailer') + '---\napiVersion: v1\nkind: Secret\nmetadata: {name: plain}\nstringData: {x: "{{ .Values.host }}"}\n'),
                                [f'{MAILER_POD}:23:16 ASP405']),
    'key that an unknown part may have': (mailer(('mailer', 'smtp-password'), ('plain', 'y'), vault=vault_secret('mailer', 'mailer') + '---\napiVersion: v1\nkind: Secret\nmetadata: {name: plain}\nstringData:\n  x: x\n'
                                                 '  {{- if .Capabilities.APIVersions.Has "x" }}\n  y: y\n  {{- end }}\n'), []),
    'key that may be missing': (mailer(('mailer', 'nothing'), more='          optional: true\n', vault=vault_secret('mailer', 'mailer', '  keys: [smtp-password]\n')), []),
    'Secret made twice': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\napiVersion: v1\nkind: Secret\nmetadata: {name: mailer}\nstringData: {x: y}\n'}, [f'{MAILER_VAULT}:11:18 ASP406']),
    'Secret made twice, one merging': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('mailer', 'mailer', '  reconcileStrategy: Merge\n')}, []),
    'Secret made twice, once by a hook': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('mailer', 'mailer').replace('name: mailer\n', 'name: mailer\n  annotations: {helm.sh/hook: pre-install}\n')}, []),
    'Secret made in one of two ways': ({MAILER_VAULT: '{{- if .Values.host }}\n' + vault_secret('mailer', 'mailer') + '{{- else }}\n' + vault_secret('mailer', 'mailer') + '{{- end }}\n'}, []),
    'Secret made in two namespaces': ({MAILER_VAULT: vault_secret('mailer', 'mailer') + '---\n' + vault_secret('mailer', 'mailer').replace('name: mailer\n', 'name: mailer\n  namespace: other\n')}, []),

    'unused key': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password'))}, [f'{MAILER}:3:1 ASP402']),
    'unused key of one environment': ({'applications/mailer/secrets-production.yaml': 'relay: {description: R.}\n', **mailer(('mailer', 'smtp-password'))}, ['applications/mailer/secrets-production.yaml:1:1 ASP402']),
    'key that is copied and one that is hashed': ({**smtp('a: {description: A.}\nb: {description: B.}\nhash: {description: H., generate: {type: bcrypt-password-hash, source: a}}\n'),
                                                   **mailer(('mailer', 'smtp-password'), ('mailer', 'hash')), PORTAL: 'x: {copy: {application: mailer, key: b, if: config.mail.enabled}, description: X.}\n'}, []),
    'key that values mention': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password')), 'applications/mailer/values.yaml': 'host: x\nkeys: [relay]\n'}, []),
    'key of pods that a program makes': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password')), 'applications/mailer/templates/configuration.yaml':
                                          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mailer}\ndata:\n  pod.yaml: |\n    volumes:\n    - name: v\n      secret: {secretName: mailer}\n'}, []),
    'key that is switched off': ({**smtp('relay: {description: R., if: host}\n'), **mailer(('mailer', 'smtp-password'), after='    {{- if .Values.relay }}\n' + env(('mailer', 'relay')).split('env:\n')[1] + '    ' + END)}, []),
    'key that all of Vault is taken with': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'all'), vault=vault_secret('mailer', 'mailer', '  templates:\n    all: "{% toJson .Secrets %}"\n'))}, []),
    'key of a Secret that a custom resource names': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password')), 'applications/mailer/templates/gateway.yaml':
                                                      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: mailer}\nspec:\n  servers:\n  - tls: {mode: SIMPLE, credentialName: mailer}\n'}, []),
    'key of a Secret that a custom resource names by a key of its own': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password')), 'applications/mailer/templates/runner.yaml':
                                                                          'apiVersion: actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet\nmetadata: {name: mailer}\nspec: {githubConfigSecret: mailer}\n'}, []),
    'key that some Secret may hand on': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password'), ('{{ randAlpha 5 }}', 'x'))}, []),
    'unused key of an application that nobody deploys': ({**smtp('relay: {description: R.}\n'), **mailer(('mailer', 'smtp-password')),
                                                          'environments/values-production.yaml': 'name: production\nfqdn: x\nvaultPathPrefix: secret/observatory/production\n',
                                                          'applications/portal/values-production.yaml': '{}\n'}, ['applications/mailer/Chart.yaml:1:1 ASP013']),
    'keys without templates': ({**ARCHIVE, ARGOCD: TEMPLATE, 'applications/archive/secrets.yaml': 'a: {description: A.}\n'}, []),

    'settings that are missing': ({STAGING: 'name: staging\nfqdn: ""\nvaultPathPrefix: null\n'}, [f'{STAGING}:2:1 ASP801', f'{STAGING}:3:1 ASP801']),
    'empty environment': ({STAGING: ''}, [f'{STAGING}:1:1 ASP801'] * 3),
    'vault paths': ({STAGING: STAGING_HEAD + 'vaultPathPrefix: /secret/x\n', 'environments/values-a.yaml': 'name: a\nfqdn: a\nvaultPathPrefix: secret\n',
                     'environments/values-b.yaml': 'name: b\nfqdn: b\nvaultPathPrefix: secret//b\n', 'environments/values-c.yaml': 'name: c\nfqdn: c\nvaultPathPrefix: secret/c/\n',
                     'environments/values-d.yaml': 'name: d\nfqdn: d\nvaultPathPrefix: secret/data-store/data\n'},
                    ['environments/values-a.yaml:3:18 ASP802', 'environments/values-b.yaml:3:18 ASP802', 'environments/values-c.yaml:3:18 ASP802', f'{STAGING}:3:18 ASP802']),
    'one place, spelled differently': ({STAGING: STAGING_HEAD + 'vaultUrl: HTTPS://vault.example.org/\nvaultPathPrefix: secret/observatory/production\n'}, [f'{STAGING}:4:18 ASP803']),
    'one path on two servers': ({STAGING: STAGING_HEAD + 'vaultUrl: https://other.example.org\nvaultPathPrefix: secret/observatory/production\n'}, []),
    'loopback': ({STAGING: STAGING_TEXT + 'vaultUrl: http://localhost:8200\n'}, []),
    'loopback by number': ({STAGING: STAGING_TEXT + 'vaultUrl: "http://[::1]:8200/"\n'}, []),
    'a host that begins like loopback': ({STAGING: STAGING_TEXT + 'vaultUrl: http://127.example.org\n'}, [f'{STAGING}:4:11 ASP804']),
    'no scheme': ({STAGING: STAGING_TEXT + 'vaultUrl: vault.example.org\n'}, [f'{STAGING}:4:11 ASP804']),
    'schemes': ({STAGING: STAGING_TEXT + 'vaultUrl: "htps://vault.example.org"\n', 'environments/values-a.yaml': 'name: a\nfqdn: a\nvaultPathPrefix: secret/a/b\nvaultUrl: "://x"\n'},
                ['environments/values-a.yaml:4:11 ASP804', f'{STAGING}:4:11 ASP804']),
    'insecure by default': ({'environments/values.yaml': 'vaultUrl: http://v.example.org\napplications: {portal: true, database: true, mailer: true}\n'}, ['environments/values.yaml:1:11 ASP804']),
    'vault title alone': ({STAGING: STAGING_TEXT + 'onepassword: {connectUrl: "", vaultTitle: T}\n'}, [f'{STAGING}:4:31 ASP805']),
    'name by default': ({'environments/values.yaml': 'name: production\nvaultUrl: https://v.example.org\napplications: {portal: true, database: true, mailer: true}\n',
                         STAGING: 'fqdn: x\nvaultPathPrefix: secret/x/y\n'}, ['environments/values.yaml:1:7 ASP806']),
    'Secret of placeholders': ({'manifests/s.yaml': SECRET + 'data: {a: "", b: Y2hhbmdlbWU=, c: PGtleT4=}\nstringData: {d: "<path:a/b#c>", e: changeme, f: xxxxxxxx, g: "${A}", h: "$(A)", i: "ENC[AES256_GCM,data:x]", j: TODO}\n'}, []),
    'Secret with holes in its texts': ({'manifests/s.yaml': SECRET + f'stringData:\n  a: |\n    {{"user": "<user>", "port": 5432}}\n  b: |\n    <user>a</user>\n  c: |\n    {{"apiKey": "{DRAWN}", "user": "<user>"}}\n  d: a<b\n'},
                                       ['manifests/s.yaml:9:6 ASP601']),
    'Secret of public parts': ({'manifests/s.yaml': SECRET + 'stringData: {username: observatory, url: "https://git.example.org/a", type: git, insecure: "true", tls.crt: "-----BEGIN CERTIFICATE-----\\nMIIC\\n", ssh.pub: ssh-ed25519 AAAAC3Nz}\n'}, []),
    'Secret without data': ({'manifests/s.yaml': SECRET + 'type: kubernetes.io/service-account-token\ndata: {}\n'}, []),
    'Secret in SOPS': ({'manifests/s.yaml': SECRET + f'stringData: {{a: {CHOSEN}}}\nsops: {{version: 3.8.1}}\n'}, []),
    'Secret of another kind': ({'manifests/s.yaml': f'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec: {{encryptedData: {{a: {DRAWN}}}}}\n---\napiVersion: example.org/v1\nkind: Secret\ndata: {{a: {CHOSEN}}}\n'}, []),
    'Secret with several values': ({'manifests/s.yaml': 'a: b\n---\n' + SECRET + f'stringData:\n  user: x\n  a: {CHOSEN}\n  b: {DRAWN}\n'}, ['manifests/s.yaml:8:6 ASP601']),
    'Secret in base64': ({'manifests/s.yaml': SECRET + 'data:\n  a: a2FsZWlkb3Njb3BlLTctbGFudGVybg==\n'}, ['manifests/s.yaml:5:6 ASP601']),
    'Secrets in a list': ({'manifests/s.yaml': f'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data: {{a: {CHOSEN}}}\n- apiVersion: v1\n  kind: Secret\n  stringData:\n    a: {CHOSEN}\n'}, ['manifests/s.yaml:10:8 ASP601']),
    'Secret in a template': ({'applications/mailer/templates/s.yaml': '{{ if .Values.host }}\n' + SECRET + f'stringData:\n  a: {{{{ .Values.host }}}}\n  b: {CHOSEN}\n{{{{ end }}}}\n'}, ['applications/mailer/templates/s.yaml:7:6 ASP601']),
    'literals of Kustomize': ({'manifests/kustomization.yaml': f'secretGenerator:\n- name: a\n  literals:\n  - username=b\n  - password={CHOSEN}\n  - token=changeme\n'}, ['manifests/kustomization.yaml:5:5 ASP601']),
    'literal values that are none': (smtp(f'a: {{description: A., value: mailer}}\nclient-id: {{description: A., value: {DRAWN}}}\nb: {{description: A., value: 0f8fad5b-d9cb-469f-a165-70867728950e}}\nc: {{description: A., value: /etc/mail/{DRAWN}}}\n'), []),
    'literal value that is random': ({'applications/mailer/secrets-staging.yaml': f'staging-token:\n  description: A.\n  value: {DRAWN}\n'}, ['applications/mailer/secrets-staging.yaml:3:10 ASP602']),
    'literal value of a variable': ({'manifests/pod.yaml': f'kind: Pod\nspec:\n  containers:\n  - env:\n    - {{name: A, value: "postgresql://a:{CHOSEN}@db/a"}}\n    - {{name: A_PASSWORD, value: {DRAWN}}}\n    - {{name: B, value: "postgresql://a:$(A_PASSWORD)@db/a"}}\n'}, ['manifests/pod.yaml:5:24 ASP602']),
    'values that are no secrets': ({'applications/mailer/values.yaml': f'password: {CHOSEN}\nuser: {DRAWN}\nuserPassword: {DRAWN}\nimage: {{digest: "sha256:{HEX}"}}\nrevision: {HEX}\nclientId: {DRAWN}\nexistingSecret: {DRAWN}\npasswordKey: {DRAWN}\n'
        f'token: "{{{{ {DRAWN} }}}}"\nsecret: $dex.clientSecret\napiKey: ""\nadminPassword: ChangeMe123!\nurl: https://{HEX}@sentry.example.org/1\nencryptedData: {{password: {DRAWN}}}\n'}, []),
    'values that are secrets': ({'applications/mailer/values.yaml': f'a:\n  password: {DRAWN}\nb:\n- {{name: API_TOKEN, value: {HEX}}}\n- name: X\n  value: a\npasswords:\n  first: {DRAWN}\n  client_id: {HEX}\nconfig: |\n  host = a\n  # api_key = {DRAWN}\n  api_key = {HEX}\n'},
                                [f'applications/mailer/values.yaml:{place} ASP603' for place in ('2:13', '4:28', '8:10', '10:9')]),
    'values that are secrets in other forms': ({'applications/mailer/values.yaml': f'passwordHash: "$argon2id$v=19$m=65536,t=3,p=4$aW4g8Qm2VxZt7LrP$5tG9kB1mWqXz8dFhJ4cN"\nSECRET_KEY_BASE: {HEX}\n'
        f'ldap: {{bindpw: {DRAWN}, rootpw: changeme}}\nargs: [--verbose=true, --client-secret={DRAWN}, "--token=$TOKEN"]\n'
        f'dockerconfigjson: {base64.b64encode(json.dumps({"auths": {"ghcr.io": {"username": "bot", "password": DRAWN}}}, separators=(",", ":")).encode()).decode()}\n'
        f'emptyconfigjson: {base64.b64encode(json.dumps({"auths": {"ghcr.io": {"username": "bot", "password": "changeme"}}}, separators=(",", ":")).encode()).decode()}\nx: lin_api_{DRAWN}x8Qd5Zr2Kb7Hy3Ws1V\n'},
        [f'applications/mailer/values.yaml:{place} ASP603' for place in ('1:15', '2:18', '3:16', '4:24', '5:19', '7:4')]),
    'variable that equals its user': ({'applications/mailer/values.yaml': f'env:\n- {{name: A_USER, value: {DRAWN}}}\n- {{name: A_PASSWORD, value: {DRAWN}}}\n'}, []),
    'values that other tools encrypted': ({'applications/mailer/values.yaml': f'a: {{password: "ENC({DRAWN}=)"}}\nb: {{password: "{{cipher}}{HEX}"}}\nc: {{password: AQICAH{DRAWN}}}\nd: {{password: CiQA{DRAWN}}}\n'
                                           f'e: {{password: "AgB{base64.b64encode(hashlib.shake_128(b"x").digest(540)).decode()}"}}\nf: {{password: AgB{DRAWN}}}\n'}, ['applications/mailer/values.yaml:6:15 ASP603']),
    'values in SOPS': ({'applications/mailer/values.yaml': f'host: a\npassword: {DRAWN}\nsops: {{version: 3.8.1}}\n'}, []),
    'values through an alias': ({'applications/mailer/values.yaml': f'a: {{password: &p {DRAWN}}}\nb: {{token: *p}}\n'}, ['applications/mailer/values.yaml:1:18 ASP603']),
    'values of a chart elsewhere': ({'deploy/values-prod.yaml': f'password: {DRAWN}\n', 'deploy/other.yaml': f'password: {DRAWN}\n'}, ['deploy/values-prod.yaml:1:11 ASP603']),
    'values of an environment': ({STAGING: STAGING_TEXT + f'gcp: {{projectId: a, region: b, clusterName: c, apiToken: {DRAWN}}}\n'}, [f'{STAGING}:4:58 ASP603']),
    'static secrets by their old form': ({'s.yaml': f'mailer:\n  a: {{description: A., value: null}}\n  b: {{description: A., value: {CHOSEN}}}\n'}, ['s.yaml:1:1 ASP605', 's.yaml:3:31 ASP604']),
    'static secrets of registries alone': ({'s.yaml': f'pull-secret:\n  registries:\n    ghcr.io: {{username: a, password: {CHOSEN}}}\n'}, ['s.yaml:1:1 ASP605', 's.yaml:3:38 ASP604']),
    'static secrets that are empty': ({'s.yaml': 'applications: {mailer: {a: {description: A., value: ""}, b: {description: A.}}}\nvault-write-token: {description: A., value: null}\n'}, []),
    'static secrets in SOPS': ({'s.yaml': 'applications: {mailer: {a: {description: A., value: "ENC[AES256_GCM,data:x]"}}}\nsops: {version: 3.8.1}\n'}, []),
    'what looks like static secrets': ({'s.yaml': 'name: a\noutputs:\n  x: {description: A., value: abcdefg}\n', 't.yaml': 'a: {b: {value: abcdefg}}\n', 'u.yaml': 'applications: {mailer: true}\n'}, []),
}


def lay(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def findings(root):
    run = subprocess.run((os.environ['ASPIS'], 'check', '--root', root, '--format', 'json', '--show', 'note'), capture_output=True)
    assert run.returncode in (0, 1, 3), (run.returncode, run.stderr)
    return [(f"{found['path']}:{found['start']['line']}:{found['start']['column']} {found['code']}", found['message'])
            for found in json.loads(run.stdout)['findings']]


def main():
    failed = 0
    for name, (files, expected) in VARIANTS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder) / 'repository'
            shutil.copytree(sys.argv[1], root)
            lay(root, files)
            found = findings(root)
        if [place for place, _ in found] != sorted(expected, key=lambda place: [place.rsplit(' ')[0].split(':')[0], *map(int, place.rsplit(' ')[0].split(':')[1:])]):
            failed += 1
            print(f'{name}: expected {expected}, found:', *(f'  {place} {message}' for place, message in found), sep='\n')
    print(f'{len(VARIANTS)} variants, {failed} failed')
    return failed > 0


sys.exit(main())
