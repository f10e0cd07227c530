"""The double of 1Password Connect, read by the official SDKs: the same items, the same fields, the same errors as the data has."""
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from onepasswordconnectsdk.client import Client, new_client
from onepasswordconnectsdk.errors import OnePasswordConnectSDKError

from services import Connect, skip

VAULTS = [
    {'name': 'RSP minikube.lsst.codes', 'items': [
        {'title': 'argocd', 'fields': [{'label': 'dex.clientSecret', 'value': 'se"cret\\ ü\nline'}, {'label': 'empty'}, {'label': 'nothing', 'value': ''}]},
        {'title': 'pull-secret', 'fields': [
            {'label': 'username', 'section': 'a.example.org', 'value': 'me'}, {'label': 'password', 'section': 'a.example.org', 'value': 'pass'},
            {'label': 'username', 'section': 'b.example.org', 'value': 'you'}]},
        {'title': 'a login', 'category': 'LOGIN', 'fields': [{'label': 'username', 'purpose': 'USERNAME', 'type': 'STRING', 'value': 'x'},
                                                             {'label': 'password', 'purpose': 'PASSWORD', 'value': 'y'},
                                                             {'label': 'notesPlain', 'purpose': 'NOTES', 'type': 'STRING', 'value': 'z'}]},
        {'title': 'twice', 'fields': []},
        {'title': 'twice', 'fields': [{'label': 'a', 'value': 'b'}]},
        {'title': 'abcdefghijklmnopqrstuvwxyz', 'fields': [{'label': 'title', 'value': 'looks like an id'}]},
    ]},
    {'name': 'Other', 'items': []},
    {'name': 'Same', 'items': []},
    {'name': 'Same', 'items': []},
]
TITLES = [item['title'] for item in VAULTS[0]['items']]
NODE = '''
const { OnePasswordConnect } = require('@1password/connect');
const ask = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const fields = item => ({ title: item.title, category: item.category, fields: (item.fields || []).map(field =>
  ({ label: field.label, value: field.value === undefined ? null : field.value, section: field.section ? field.section.id : null })),
  sections: (item.sections || []).map(section => [section.id, section.label]) });
(async () => {
  const answers = [];
  for (const [url, token, method, ...rest] of ask) {
    try {
      const got = await OnePasswordConnect({ serverURL: url, token, keepAlive: false })[method](...rest);
      answers.push({ got: Array.isArray(got) ? got.map(one => one.name || one.title) : got.fields ? fields(got) : { id: got.id, name: got.name } });
    } catch (error) {
      const answer = error.response ? error.response.data : error;
      answers.push({ status: error.status || answer.status, message: answer.message || String(answer) });
    }
  }
  process.stdout.write(JSON.stringify(answers));
})();
'''


def expected(connect, place):
    """What a client should make of an item, from what the test itself has given, and from the ids that the double made up."""
    given = VAULTS[0]['items'][place]
    sections = {section['label']: section['id'] for section in connect.vaults[0][1][place]['sections']}
    assert list(sections) == list(dict.fromkeys(field['section'] for field in given['fields'] if 'section' in field))
    return {'title': given['title'], 'category': given.get('category', 'SERVER'),
            'fields': [{'label': field['label'], 'value': field.get('value'), 'section': sections.get(field.get('section'))} for field in given['fields']],
            'sections': [[identity, label] for label, identity in sections.items()]}


def item_of(item):
    """The same of what the SDK for Python has."""
    return {'title': item.title, 'category': item.category,
            'fields': [{'label': field.label, 'value': field.value, 'section': field.section.id if field.section else None} for field in item.fields or []],
            'sections': [[section.id, section.label] for section in item.sections or []]}


def raised(call, *arguments, kind=OnePasswordConnectSDKError):
    try:
        call(*arguments)
    except kind as error:
        return re.sub(r'\s+', ' ', str(error))
    raise AssertionError(f'{call.__name__}{arguments} was not refused')


def lists_are_short(connect):
    """A list of items has no fields: they are to be had from each item alone."""
    vault = connect.vaults[0][0]['id']
    asked = urllib.request.Request(f'{connect.url}/v1/vaults/{vault}/items', headers={'Authorization': f'Bearer {connect.token}'})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert [set(item) & {'title', 'fields', 'sections', 'category'} for item in json.load(answer)] == [{'title', 'category'}] * len(TITLES)
    assert connect.requests[-1] == ('GET', f'/v1/vaults/{vault}/items', 200)
    for path in ('heartbeat', 'health'):
        with urllib.request.urlopen(f'{connect.url}/{path}', timeout=10) as answer:
            assert answer.status == 200 and (answer.read() == b'.') == (path == 'heartbeat')


def by_python(connect, one):
    client = new_client(connect.url, connect.token)
    vault = client.get_vault_by_title('RSP minikube.lsst.codes')
    assert vault.id == connect.vaults[0][0]['id'] and client.get_vault(vault.id).name == vault.name
    assert [each.name for each in client.get_vaults()] == [each['name'] for each in VAULTS]
    assert [each.title for each in client.get_items(vault.id)] == TITLES
    for place, title in enumerate(TITLES):
        if title != 'twice':
            assert item_of(client.get_item(title, vault.id)) == expected(connect, place), title
    assert 'Found 2 items' in raised(client.get_item, 'twice', vault.id)
    assert 'Found 0 items' in raised(client.get_item, 'missing', vault.id)
    assert 'Found 0 vaults' in raised(client.get_vault_by_title, 'missing')
    assert 'Found 2 vaults' in raised(client.get_vault_by_title, 'Same')
    assert '404' in raised(client.get_vault, 'a' * 26)
    assert f'item {"b" * 26} not found' in raised(client.get_item_by_id, 'b' * 26, vault.id)
    stranger = Client(connect.url, 'nonsense')
    assert 'Invalid token signature' in raised(stranger.get_vaults)
    narrow = Client(connect.url, one)
    assert [each.name for each in narrow.get_vaults()] == ['Other']
    assert f'vault {vault.id} is not in scope' in raised(narrow.get_items, vault.id)
    connect.fail('/items', 503, times=1)
    assert '503' in raised(client.get_items, vault.id)
    connect.fail('/items', 502, '<html>Bad gateway</html>')
    raised(client.get_items, vault.id, kind=ValueError) # the SDK wants JSON
    connect.mend()
    assert len(client.get_items(vault.id)) == len(TITLES)


def by_node(connect, one):
    modules = os.environ.get('ASPIS_NODE_MODULES') or ''
    if not os.path.isdir(f'{modules}/@1password/connect'):
        skip('There is no @1password/connect in ASPIS_NODE_MODULES.')
    vault = connect.vaults[0][0]['id']
    base = [connect.url, connect.token]
    asked = [
        ([*base, 'listVaults'], {'got': [each['name'] for each in VAULTS]}),
        ([*base, 'getVault', 'RSP minikube.lsst.codes'], {'got': {'id': vault, 'name': 'RSP minikube.lsst.codes'}}),
        ([*base, 'listItems', vault], {'got': TITLES}),
        *(([*base, 'getItem', vault, title], {'got': expected(connect, place)}) for place, title in enumerate(TITLES[:3])),
        ([*base, 'getItem', vault, 'twice'], 400),
        ([*base, 'getItem', vault, 'missing'], 404),
        ([*base, 'getVault', 'missing'], 404),
        ([*base, 'getVault', 'Same'], 400),
        ([*base, 'getItemById', vault, 'b' * 26], {'status': 404, 'message': f'item {"b" * 26} not found'}),
        ([*base, 'getVaultById', 'a' * 26], {'status': 404, 'message': f'vault {"a" * 26} not found'}),
        ([connect.url, 'nonsense', 'listVaults'], {'status': 401, 'message': 'Invalid token signature'}),
        ([connect.url, one, 'listVaults'], {'got': ['Other']}),
        ([connect.url, one, 'listItems', vault], {'status': 403, 'message': f'vault {vault} is not in scope'}),
    ]
    done = subprocess.run(['node', '-e', NODE], input=json.dumps([question for question, _ in asked]), stdout=subprocess.PIPE, text=True, check=True, timeout=60,
                          env={'PATH': os.environ['PATH'], 'NODE_PATH': modules})
    for (question, wanted), got in zip(asked, json.loads(done.stdout), strict=True):
        assert (got.get('status') == wanted if isinstance(wanted, int) else got == wanted), (question[2:], wanted, got)


one = 'only-the-other'
with Connect(VAULTS, tokens={one: ['Other']}) as connect:
    lists_are_short(connect)
    by_python(connect, one)
    by_node(connect, one)
with Connect(VAULTS, base='/1password') as connect:
    assert Client(connect.url, connect.token).get_vault_by_title('Other').id == connect.vaults[1][0]['id']
