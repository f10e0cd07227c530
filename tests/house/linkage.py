"""The program that works offline cannot reach the network: it is linked with neither libcurl nor OpenSSL nor libcrypt, and calls nothing that opens a socket.

linkage.py LIBRARY… (besides the program of the environment variable ASPIS; its helper, ASPIS_REMOTE_PRODUCT, shows that the test notices)
"""
import os
import re
import subprocess
import sys

LIBRARIES = re.compile(r'lib(curl|ssl|crypto|crypt|gnutls|nss3|jansson)[-.]')
SYMBOLS = re.compile(r'^(curl_|SSL_|EVP_|OPENSSL_|CRYPTO_|RAND_|crypt(_|@|$))|^(socket|connect|getaddrinfo|gethostbyname\w*|getpwnam\w*|getpwuid\w*|getgr\w+)(@|$)')


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def problems(path):
    for needed in re.findall(r'\(NEEDED\).*\[(.*)\]', output('readelf', '--dynamic', '--wide', path)):
        if LIBRARIES.search(needed):
            yield f'{path} is linked with {needed}'
    names = output('nm', '--dynamic', '--undefined-only', path)
    names += subprocess.run(('nm', path), capture_output=True, text=True).stdout  # what a static library brought; nothing when stripped
    for line in names.splitlines():
        if SYMBOLS.search(line.split()[-1]):
            yield f'{path} uses {line.split()[-1]}'


def main():
    assert SYMBOLS.search('socket@GLIBC_2.2.5') and SYMBOLS.search('curl_easy_init') and not SYMBOLS.search('socket_name')
    assert LIBRARIES.search('libcurl.so.4') and LIBRARIES.search('libssl.so.3') and LIBRARIES.search('libcurl-gnutls.so.4')
    try:
        import _ssl
        assert list(problems(_ssl.__file__)), 'a module linked with OpenSSL passes'
    except (ImportError, AttributeError):
        pass
    helper = os.environ.get('ASPIS_REMOTE_PRODUCT')
    if helper:
        shown = '\n'.join(problems(helper))
        assert all(f'lib{name}.so' in shown for name in ('curl', 'crypto', 'crypt')), f'the helper passes:\n{shown}'
    paths = [os.environ['ASPIS'], *sys.argv[1:]]
    found = sorted({problem for path in paths for problem in problems(path)})
    print('\n'.join(found) or f'{len(paths)} files are clean')
    return bool(found)


sys.exit(main())
