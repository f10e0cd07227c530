"""Where Vault's token comes from, in which order, and that one that is none is told without being shown; and the variables that are not honoured."""
import pathlib
import sys

from support import ASPIS, expect, finish, folder, make_repository, refusing_server, run

TOKEN = 'hvs.CAESIJ0123456789abcdefghij'
SOURCE = {'from-variable': 'VAULT_TOKEN', 'from-file': '--token-file', 'from-input': '-', 'from-home': '~/.vault-token'}


def ask(server, root, *options, command=('secrets', 'vault-secrets'), **more):
    """The token that was sent, what was printed, the exit status."""
    server.asked.clear()
    status, out, err = run(ASPIS, *command, 'dev', root / 'out', *options, root=root, **more)
    tokens = {headers.get('X-Vault-Token') for _, headers in server.asked}
    expect(f'{options} {more}: one token alone', len(tokens) <= 1, tokens)
    return (tokens or {None}).pop(), out + err, status


def check_order(server, root, home):
    file = home / 'token'
    file.write_text('  from-file\n\n')
    (home / '.vault-token').write_text('from-home')
    both = ('--token-file', file, '--use-vault-token-file')
    for wanted, options, more in (
            ('from-variable', (), {'VAULT_TOKEN': '\tfrom-variable \n'}),
            ('from-variable', both, {'VAULT_TOKEN': 'from-variable'}),
            ('from-file', both, {}),
            ('from-file', both, {'VAULT_TOKEN': ''}),
            ('from-input', ('--token-file', '-'), {'input': 'from-input\n'}),
            ('from-home', ('--use-vault-token-file',), {}),
            (None, (), {})):
        token, text, status = ask(server, root, *options, home=home, **more)
        expect(f'{wanted} by {options} {more}', token == wanted and status == (3 if wanted else 2), token, status, text)
    expect('what to do without one', 'set VAULT_TOKEN' in text and '--token-file' in text and 'vault-write-token' in text, text)
    text = ask(server, root, home=home, command=('vault', 'export-secrets'))[1]
    expect('vault … takes none of the static source', 'set VAULT_TOKEN' in text and 'vault-write-token' not in text, text)
    text = ask(server, root, *both, home=home, VAULT_TOKEN='from-variable')[1]
    expect('the variable comes first, and says so', '--token-file' in text and 'not read' in text, text)
    for option in (('-q',), ('--quiet',)):
        text = ask(server, root, *both, *option, home=home, VAULT_TOKEN='from-variable')[1]
        expect('quiet', 'not read' not in text, text)


def check_wrong(server, root, home):
    cases = {'a b': 'a blank in it', TOKEN + '\n' + TOKEN: 'two lines', TOKEN + '\x01': 'a control character', TOKEN + '\u2028x': 'no ASCII', ' \n': 'nothing'}
    file = home / 'wrong'
    for text, what in cases.items():
        file.write_text(text)
        for options, more, origin in ((('--token-file', file), {}, str(file)), (('--token-file', '-'), {'input': text}, 'standard input'),
                                      ((), {'VAULT_TOKEN': text}, 'VAULT_TOKEN')):
            token, shown, status = ask(server, root, *options, home=home, **more)
            expect(f'{what} from {origin}', status == 2 and origin in shown and 'holds no token' in shown, status, shown)
            expect(f'{what} from {origin}: nothing asked, nothing shown', not server.asked and 'hvs.' not in shown, shown)
    file.write_text('x' * 70000)
    expect('too large', 'larger than' in ask(server, root, '--token-file', file, home=home)[1])
    expect('a folder', ask(server, root, '--token-file', home, home=home)[2] == 3)
    shown, status = ask(server, root, '--token-file', home / 'none', home=home)[1:]
    expect('no such file', status == 3 and 'No such file' in shown, status, shown)
    shown, status = ask(server, root, home=home, OP_CONNECT_TOKEN='x\ny', VAULT_TOKEN=TOKEN)[1:]
    expect('the other token', status == 2 and 'OP_CONNECT_TOKEN holds no token' in shown, status, shown)


def check_variables(server, root, home):
    def shown(**variables):
        return ask(server, root, home=home, VAULT_TOKEN=TOKEN, **variables)[1]

    expect('VAULT_ADDR', 'VAULT_ADDR is ignored' in shown(VAULT_ADDR='https://other.example.org'))
    expect('the same VAULT_ADDR', 'VAULT_ADDR' not in shown(VAULT_ADDR=server.url.upper().replace('HTTP', 'http') + '/'))
    expect('VAULT_SKIP_VERIFY', 'VAULT_SKIP_VERIFY is not honoured' in shown(VAULT_SKIP_VERIFY='true'))
    expect('no VAULT_SKIP_VERIFY', 'VAULT_SKIP_VERIFY' not in shown(VAULT_SKIP_VERIFY='0'))
    shown(VAULT_NAMESPACE='team/one')
    expect('VAULT_NAMESPACE', {headers.get('X-Vault-Namespace') for _, headers in server.asked} == {'team/one'}, server.asked)


def main():
    with folder() as temporary, refusing_server() as server:
        home = pathlib.Path(temporary, 'home')
        home.mkdir()
        root = make_repository(pathlib.Path(temporary, 'repository'), server.url + '/')
        check_order(server, root, home)
        check_wrong(server, root, home)
        check_variables(server, root, home)
        expect('nothing was written', not (root / 'out').exists())
    return finish('tokens')


sys.exit(main())
