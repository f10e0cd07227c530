"""What rendered Kubernetes objects say about Secrets: who makes one, who uses which key of one. Written from the documentation of Kubernetes and of the operators, on plain objects."""
import dataclasses
import json
import re

WHOLE_ALONE = ('imagePullSecret', 'tls', 'csi')  # uses that name a Secret and never a key
IN_TEMPLATES = re.compile(r'\.Secrets\.(\w+)|index\s+(?:\$?\.|\$\.)?Secrets\s+(?:"((?:[^"\\]|\\.)+)"|`([^`]+)`)')
SECRET_REFERENCE = re.compile(r'secret(Key)?Ref$', re.I)
AUTH_SECRETS = ('nginx.ingress.kubernetes.io/auth-secret', 'nginx.ingress.kubernetes.io/auth-tls-secret', 'nginx.ingress.kubernetes.io/proxy-ssl-secret')
STORAGE_SECRET = re.compile(r'^csi\.storage\.k8s\.io/(.+)-secret-name$')
LEGACY_VOLUMES = ('azureFile', 'cephfs', 'rbd', 'flexVolume', 'iscsi', 'scaleIO', 'storageos', 'cinder')


@dataclasses.dataclass(frozen=True)
class Use:
    namespace: str
    secret: str
    key: str  # None: all of them
    how: str

    @property
    def whole(self):
        return self.key is None


@dataclasses.dataclass(frozen=True)
class Producer:
    namespace: str
    secret: str
    how: str  # the object's kind
    path: str = None  # of a VaultSecret
    type: str = None
    keys: frozenset = None  # names in the Secret; None: unknown, or all that Vault has
    vault_keys: frozenset = frozenset()  # of a VaultSecret: (key of the Secret, key in Vault)


def text(value):
    """A scalar as it is written; Kubernetes refuses numbers and booleans as names, so that what is said of these is of no weight."""
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    return value if isinstance(value, str) and value else None


def maps(value):
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def objects(document):
    """A document's objects: a List is taken item by item."""
    if not isinstance(document, dict):
        return
    if str(document.get('kind', '')).endswith('List') and isinstance(document.get('items'), list):
        for item in document['items']:
            yield from objects(item)
    elif 'kind' in document:
        yield document


def namespace_of(thing, release_namespace):
    return text((thing.get('metadata') or {}).get('namespace')) or release_namespace


# Uses

class Reader:
    """Collects the uses in one object."""

    def __init__(self, thing, release_namespace):
        self.kind = str(thing.get('kind'))
        self.namespace = namespace_of(thing, release_namespace)
        self.group = str(thing.get('apiVersion', '')).rpartition('/')[0]
        self.uses = []
        self.read(thing)

    def use(self, name, key, how, namespace=None):
        if text(name):
            self.uses.append(Use(text(namespace) or self.namespace, text(name), key, how))

    def read(self, thing):
        annotations = (thing.get('metadata') or {}).get('annotations') or {}
        for name in AUTH_SECRETS if self.kind == 'Ingress' else ():
            namespace, _, secret = str(annotations.get(name) or '').rpartition('/')
            self.use(secret, None, 'reference', namespace)
        if self.kind == 'StorageClass':
            self.storage_class(thing.get('parameters') or {})
        if self.kind == 'ServiceAccount':
            for each in maps(thing.get('secrets')):
                self.use(each.get('name'), None, 'reference')
        if not self.no_reader():
            self.walk(thing, ())

    def no_reader(self):
        """Kinds that make Secrets and name them in fields which would else look like uses, or that hold data."""
        return self.kind in ('Secret', 'ConfigMap', 'VaultSecret', 'ExternalSecret', 'SealedSecret', 'CustomResourceDefinition', 'Application')

    def storage_class(self, parameters):
        for name, value in parameters.items():
            match = STORAGE_SECRET.match(name)
            if match:
                self.use(value, None, 'csi', parameters.get(f'csi.storage.k8s.io/{match[1]}-secret-namespace'))

    def walk(self, node, path):
        if isinstance(node, list):
            for each in node:
                self.walk(each, path + ('[]',))
        if not isinstance(node, dict):
            return
        for key, value in node.items():
            below = path + (key,)
            if not self.known(key, value, below, node):
                self.walk(value, below)

    def known(self, key, value, path, node):
        """Takes a use off a field. True: there is nothing further in it."""
        if key == 'secretKeyRef' and isinstance(value, dict):
            in_container = path[-4:-1] == ('env', '[]', 'valueFrom')
            self.use(value.get('name'), text(value.get('key')), 'env' if in_container else 'reference', value.get('namespace'))
        elif key == 'envFrom':
            for each in maps(value):
                self.use((each.get('secretRef') or {}).get('name'), None, 'envFrom')
        elif key == 'imagePullSecrets' and isinstance(value, list):
            for each in maps(value):
                self.use(each.get('name'), None, 'imagePullSecret')
        elif key == 'secret' and isinstance(value, dict) and ('secretName' in value or path[-3:-1] == ('sources', '[]')):
            self.volume(value, 'volume' if 'secretName' in value else 'projected')
        elif key == 'csi' and isinstance(value, dict):
            for name, reference in value.items():
                if name.endswith('SecretRef') and isinstance(reference, dict):
                    self.use(reference.get('name'), None, 'csi', reference.get('namespace'))
        elif key == 'tls' and (self.secrets_of_tls(value)):
            return False
        elif key == 'certificateRefs':
            for each in maps(value):
                if each.get('kind', 'Secret') == 'Secret':
                    self.use(each.get('name'), None, 'tls', each.get('namespace'))
        else:
            return self.reference(key, value, path, node)
        return True

    def secrets_of_tls(self, value):
        entries = maps(value) if isinstance(value, list) else [value] if isinstance(value, dict) else []
        for each in entries:
            self.use(each.get('secretName'), None, 'tls')
        return bool(entries)

    def volume(self, value, how):
        name = value.get('secretName') or value.get('name')
        items = maps(value.get('items'))
        for each in items:
            self.use(name, text(each.get('key')), how)
        if not items:
            self.use(name, None, how)

    def reference(self, key, value, path, node):
        if key == 'privateKeySecretRef' and self.group == 'cert-manager.io':
            return True  # made by cert-manager
        if key == 'secretTargetRef':
            for each in maps(value):
                self.use(each.get('name'), text(each.get('key')), 'reference')
            return True
        if SECRET_REFERENCE.search(key) and isinstance(value, dict):
            how = 'volume' if len(path) > 1 and path[-2] in LEGACY_VOLUMES else 'reference'
            self.use(value.get('name'), text(value.get('key')), how, value.get('namespace'))
            return True
        if key == 'secretName' and path[-2:-1] != ('tls',) and path[-3:-1] != ('tls', '[]') and not (self.kind == 'Certificate' and path == ('spec', 'secretName')):
            keys = [node[name] for name in ('key', 'certificate', 'password', 'accessToken', 'clientSecret') if text(node.get(name))]
            for each in keys or [None]:
                self.use(value, each, 'reference')
            return True
        return False


def uses(document, release_namespace):
    """Yields (object, Use)."""
    for thing in objects(document):
        for use in dict.fromkeys(Reader(thing, release_namespace).uses):
            yield thing, use


# Producers

def keys_of_template(template):
    return {next(filter(None, match.groups())) for match in IN_TEMPLATES.finditer(template)}


def vault_secret(thing, namespace):
    spec = thing.get('spec') or {}
    keys = [text(key) for key in spec.get('keys') or [] if text(key)]
    templates = {key: value for key, value in (spec.get('templates') or {}).items() if key}
    if templates:
        pairs = {(key, used) for key, value in templates.items() for used in keys_of_template(str(value))}
        names = set(templates)
    else:
        pairs = {(key, key) for key in keys}
        names = set(keys) if spec.get('keys') else None
    return Producer(namespace, text(thing['metadata']['name']), 'VaultSecret', spec.get('path'), spec.get('type'), None if names is None else frozenset(names), frozenset(pairs))


def plain_secret(thing, namespace):
    names = set(thing.get('data') or {}) | set(thing.get('stringData') or {})
    return Producer(namespace, text(thing['metadata']['name']), 'Secret', None, thing.get('type'), frozenset(names - {''}))


STRIMZI = ('cluster-ca', 'cluster-ca-cert', 'clients-ca', 'clients-ca-cert', 'cluster-operator-certs', 'entity-topic-operator-certs', 'entity-user-operator-certs', 'kafka-brokers',
           'zookeeper-nodes', 'kafka-exporter-certs', 'cruise-control-certs')

# kind: the names of the Secrets that its operator makes
OTHERS = {
    'ExternalSecret': lambda name, spec: [(spec.get('target') or {}).get('name') or name],
    'SealedSecret': lambda name, spec: [name],
    'Certificate': lambda name, spec: [spec.get('secretName')],
    'Issuer': lambda name, spec: [((spec.get('acme') or {}).get('privateKeySecretRef') or {}).get('name')],
    'ClusterIssuer': lambda name, spec: [((spec.get('acme') or {}).get('privateKeySecretRef') or {}).get('name')],
    'KafkaUser': lambda name, spec: [name],
    'KafkaAccess': lambda name, spec: [spec.get('secretName') or name],
    'Kafka': lambda name, spec: [f'{name}-{what}' for what in STRIMZI],
    'GafaelfawrServiceToken': lambda name, spec: [name],
    'OnePasswordItem': lambda name, spec: [name],
    'VaultStaticSecret': lambda name, spec: [(spec.get('destination') or {}).get('name')],
    'SecretProviderClass': lambda name, spec: [each.get('secretName') for each in maps(spec.get('secretObjects'))],
}


def producers(document, release_namespace):
    """Yields (object, Producer)."""
    for thing in objects(document):
        kind = thing.get('kind')
        namespace = namespace_of(thing, release_namespace)
        name = text((thing.get('metadata') or {}).get('name'))
        if not name:
            continue
        if kind == 'VaultSecret':
            yield thing, vault_secret(thing, namespace)
        elif kind == 'Secret':
            yield thing, plain_secret(thing, namespace)
        for secret in OTHERS[kind](name, thing.get('spec') or {}) if kind in OTHERS else ():
            if text(secret):
                yield thing, Producer(namespace, secret, kind)
