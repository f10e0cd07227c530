"""What Helm makes of a repository of the Phalanx layout: the Argo CD Applications of each environment, and the manifests of each enabled application."""
import dataclasses
import json
import pathlib
import re
import subprocess


@dataclasses.dataclass
class Rendered:
    """One application in one environment: (template, object) pairs, or why Helm refuses."""
    environment: str
    application: str
    namespace: str
    error: str = ''
    documents: list = dataclasses.field(default_factory=list)
    unreadable: list = dataclasses.field(default_factory=list)
    dropped: list = dataclasses.field(default_factory=list)

    @property
    def id(self):
        return self.environment, self.application


def answers(program, requests):
    """The program's answer to each request. All requests go to one process."""
    lines = ''.join(json.dumps(request) + '\n' for request in requests)
    run = subprocess.run((program,), input=lines, capture_output=True, text=True, timeout=600)
    if run.returncode:
        raise RuntimeError(f'{program}: status {run.returncode}\n{run.stderr[-2000:]}')
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) == len(requests), f'{len(requests)} requests, {len(found)} answers'
    return found


def environments(root):
    return sorted(path.name.removeprefix('values-').removesuffix('.yaml') for path in (root / 'environments').glob('values-*.yaml'))


def top_request(root, environment):
    """The app-of-apps chart, which has the Applications."""
    folder = root / 'environments'
    files = [folder / 'values.yaml', folder / f'values-{environment}.yaml']
    return {'chart': str(folder), 'values': [str(path) for path in files if path.exists()], 'set': [], 'release': 'app-of-apps', 'namespace': 'argocd'}


def parameter_value(text):
    """As Argo CD hands a parameter to --set: commas are escaped, but in {a,b}."""
    text = '' if text is None else str(text)
    return text if text.startswith('{') and text.endswith('}') else re.sub(r'(?<!\\),', r'\\,', text)


def sources(application):
    spec = application['spec']
    return spec.get('sources') or [spec['source']]


def application_requests(root, environment, application):
    """Yields (name of the folder, request) for each source of an Application that is a chart of the repository."""
    for source in sources(application):
        folder = (root / source.get('path', '.')).resolve()
        if not (folder / 'Chart.yaml').exists():
            continue
        helm = source.get('helm') or {}
        files = [folder / name for name in helm.get('valueFiles') or []]
        if helm.get('ignoreMissingValueFiles'):
            files = [path for path in files if path.exists()]
        yield folder.name, {
            'chart': str(folder),
            'values': [str(path) for path in files],
            'inline': json.dumps(helm['valuesObject']) if 'valuesObject' in helm else helm.get('values') or '',
            'set': [[each['name'], parameter_value(each.get('value')), bool(each.get('forceString'))] for each in helm.get('parameters') or []],
            'release': helm.get('releaseName') or application['metadata']['name'],
            'namespace': application['spec']['destination']['namespace'],
        }


def render(program, root):
    """Yields a Rendered for each environment and each application that is enabled in it."""
    root = pathlib.Path(root).resolve()
    names = environments(root)
    jobs = []
    for name, answer in zip(names, answers(program, [top_request(root, name) for name in names])):
        if answer.get('error'):
            raise RuntimeError(f'environment {name}: {answer["error"]}')
        for document in answer['documents']:
            made = document.get('object') or {}
            if made.get('kind') == 'Application':
                jobs += [(name, *job) for job in application_requests(root, name, made)]
    for (environment, application, request), answer in zip(jobs, answers(program, [job[2] for job in jobs])):
        documents = answer['documents'] or []
        yield Rendered(environment, application, request['namespace'], answer.get('error', ''),
                       [(each['template'], each['object']) for each in documents if 'object' in each],
                       [(each['template'], each['error']) for each in documents if 'error' in each], answer.get('dropped', []))
