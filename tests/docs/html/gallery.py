"""The repository on the pictures of the site: a made-up observatory, larger than the example so that a picture has something to show."""
import pathlib

ENVIRONMENTS = {
    'alpine': 'the telescope on the mountain', 'coast': 'the control room', 'harbor': 'data for everybody', 'harbor-dev': 'what comes next',
    'island': 'the second copy of the archive', 'sandbox': 'to try things out', 'valley': 'the processing centre', 'valley-dev': 'its tests',
}

# Application: the environments that enable it (by the first letter, or all), then its secrets: key, origin, description. An origin is "static",
# "generate TYPE [of SOURCE]", "copy APPLICATION KEY", "value TEXT"; " if PATH" makes the secret depend on a value that the last environment lacks.
APPLICATIONS = {
    'alerts': ('all', [
        ('webhook', 'static', 'Web hook of the chat channel for alerts. It can be changed at any time.'),
        ('pager-token', 'static if config.pager', 'Token of the pager service, for what cannot wait until the morning.')]),
    'archive': ('chv', [
        ('database-password', 'copy database archive-password', 'Password of the archive for its database.'),
        ('store-key', 'static', 'Key of the object store that holds the images, with leave to write.'),
        ('webhook', 'copy alerts webhook', 'Where the archive says that an image is lost.')]),
    'catalog': ('hisv', [
        ('database-password', 'copy database catalog-password', 'Password of the catalog for its database.'),
        ('session-key', 'generate fernet-key', 'Encrypts the cookies of sessions. When it changes, everybody logs in again.')]),
    'chat-bot': ('ch', [
        ('token', 'static', 'Token of the bot in the chat.'),
        ('webhook', 'copy alerts webhook', 'Where the bot says that it is unwell.')]),
    'database': ('all', [
        ('admin-password', 'generate password', 'Password of the administrator. Nobody but the backup uses it.'),
        ('archive-password', 'generate password', 'Password of the archive.'),
        ('catalog-password', 'generate password', 'Password of the catalog.'),
        ('gatekeeper-password', 'generate password', 'Password of the gatekeeper.'),
        ('backup-key', 'static', 'Key of the object store that holds the backups.')]),
    'dome': ('ac', [('controller-password', 'static', 'Password of the controller, set on the device itself.')]),
    'gatekeeper': ('all', [
        ('admin-password', 'generate password', 'Password of the administrator.'),
        ('admin-hash', 'generate bcrypt-password-hash of admin-password', 'All that the service itself gets to see of the password.'),
        ('admin-mtime', 'generate mtime of admin-password', 'When the password was last changed.'),
        ('bootstrap-token', 'generate gafaelfawr-token', 'Token that may do everything, for the first minutes of an environment.'),
        ('database-password', 'copy database gatekeeper-password', 'Password of the gatekeeper for its database.'),
        ('client-secret', 'static if config.login', 'Secret of the client at the university\'s login service.'),
        ('signing-key', 'generate rsa-private-key', 'Signs the tokens that it hands out.')]),
    'images': ('hiv', [
        ('store-key', 'copy archive store-key', 'Reads the images of the archive.'),
        ('signing-key', 'copy gatekeeper signing-key', 'Checks the tokens of who asks for an image.')]),
    'mirror': ('i', [
        ('store-key', 'copy archive store-key', 'Reads what is to be mirrored.'),
        ('transfer-key', 'static', 'Key for the transfer across the sea.')]),
    'notebook': ('hsv', [
        ('proxy-token', 'generate password', 'What hub and proxy know each other by.'),
        ('crypto-key', 'generate fernet-key', 'Encrypts what the hub remembers of its users.'),
        ('session-key', 'copy catalog session-key', 'Reads the sessions of the catalog.')]),
    'pipeline': ('v', [
        ('store-key', 'copy archive store-key', 'Writes the finished images.'),
        ('broker-password', 'copy telemetry broker-password', 'Says when an image is finished.'),
        ('trace-url', 'value https://trace.example.org/7', 'Where errors are collected.')]),
    'portal': ('hisv', [
        ('session-key', 'copy catalog session-key', 'Reads the sessions of the catalog.'),
        ('map-token', 'static', 'Token of the service that draws the map of the sky.')]),
    'scheduler': ('ac', [
        ('broker-password', 'copy telemetry broker-password', 'Tells the telescope where to look.'),
        ('weather-token', 'copy weather token', 'Asks whether it rains.')]),
    'telemetry': ('acv', [
        ('broker-password', 'generate password', 'Password of the message broker.'),
        ('store-key', 'static', 'Key of the object store that keeps old measurements.')]),
    'weather': ('ac', [('token', 'static', 'Token of the weather service.')]),
}


def enables(application, environment):
    letters, _ = APPLICATIONS[application]
    return letters == 'all' or environment[0] in letters


def specification(key, origin, description):
    lines = [f'{key}:', f'  description: >-\n    {description}']
    origin, _, condition = origin.partition(' if ')
    kind, _, rest = origin.partition(' ')
    if condition:
        lines.append(f'  if: {condition}')
    if kind == 'copy':
        application, source = rest.split()
        lines.append(f'  copy:\n    application: {application}\n    key: {source}')
    elif kind == 'generate':
        type_, _, source = rest.partition(' of ')
        lines.append(f'  generate:\n    type: {type_}' + (f'\n    source: {source}' if source else ''))
    elif kind == 'value':
        lines.append(f'  value: {rest}')
    return '\n'.join(lines) + '\n'


def vault_secret(application, keys):
    templates = ''.join(f'    {key}: "{{% index .Secrets \\"{key}\\" %}}"\n' for key in keys)
    return ('apiVersion: ricoberger.de/v1alpha1\nkind: VaultSecret\nmetadata:\n'
            f'  name: {application}\nspec:\n  path: "{{{{ .Values.global.vaultSecretsPath }}}}/{application}"\n  type: Opaque\n  templates:\n{templates}')


def deployment(application, keys):
    variables = ''.join(f'            - name: {key.upper().replace("-", "_")}\n              valueFrom:\n                secretKeyRef:\n'
                        f'                  name: {application}\n                  key: {key}\n' for key in keys)
    return ('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n'
            f'  name: {application}\nspec:\n  template:\n    spec:\n      containers:\n        - name: {application}\n          env:\n{variables}')


def make(root):
    root = pathlib.Path(root)

    def write(path, text):
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')

    write('environments/values.yaml', 'vaultUrl: https://vault.example.org\napplications:\n' + ''.join(f'  {name}: false\n' for name in APPLICATIONS))
    for environment in ENVIRONMENTS:
        enabled = ''.join(f'  {name}: true\n' for name in APPLICATIONS if enables(name, environment))
        write(f'environments/values-{environment}.yaml',
              f'name: {environment}\nfqdn: {environment}.example.org\nvaultPathPrefix: secret/observatory/{environment}\napplications:\n{enabled}')
    for name, (_, secrets) in APPLICATIONS.items():
        folder = f'applications/{name}/'
        keys = [key for key, _, _ in secrets]
        write(folder + 'Chart.yaml', f'apiVersion: v2\nname: {name}\nversion: 1.0.0\n')
        write(folder + 'values.yaml', 'config:\n  pager: true\n  login: true\n')
        write(folder + 'values-sandbox.yaml', 'config:\n  pager: false\n  login: false\n')
        write(folder + 'secrets.yaml', ''.join(specification(*secret) for secret in secrets))
        write(folder + 'templates/vault-secret.yaml', vault_secret(name, keys))
        write(folder + 'templates/deployment.yaml', deployment(name, keys))
    return root
