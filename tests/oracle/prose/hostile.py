"""Texts that mean harm, to every format at once."""
PIECES = ('<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<!-- -->', '-->', ']]>', '<![CDATA[', '&lt;', '&#60;', '&copy;', '"', "'", '`', '``', '```', '~~~', '|', '||', '*', '**', '_', '__', ':',
          '::', '..', '.. raw:: html', '.. include:: /etc/passwd', ':ref:', ':ref:`x`', '.. _x:', '.. |x| image:: y', '[1]_', 'x_', '`x`_', '|x|', '{{', '}}', '{%', '%}', '{{{x}}}', '{ref}`x`', '```{raw} html',
          '---', '===', '***', '+++', '%', '# ', '- ', '+ ', '1. ', '1) ', '(a) ', '#. ', 'i. ', '> ', '>>> ', '| ', '+-+', '=== ===', '-a ', '--all ', '/V ', ':a: ', ':::', '(x)=', '[x]: http://y', '[^1]',
          '[x](javascript:alert(1))', '[x](http://y "z")', '![x](y)', '<http://x.y>', 'http://x.y/_a_', 'a@b.c', 'mailto:a@b.c', 'data:text/html,x', '\\', '\\\\', '\\`', '$x$', '$$', '~x~', '^x^', 'a:b', ' : ',
          '\u202e', '\u2066x\u2069', '\u200b', '\ufeff', '\x00', '\x01', '\x1b[31m', '\x7f', '\x85', '\u2028', '\u2029', '\x0b', '\x0c', '\x1c', '\ufffe', '\u00a0', '\u3000', '秘密', '😀', 'e\u0301', 'é', '«', '—', '•')

TEXTS = ['x' * 100000, '=' * 100000, 'x ' * 50000, '`' + 'x' * 100000 + '`', '`' + '= ' * 50000 + '`', '# ' + 'x*y* ' * 30000, '    ' + 'x' * 100000, '[' + 'x' * 100000 + '](http://x.y)', '[x](http://x.y/' + 'z' * 100000 + ')',
         '**' + 'x' * 100000 + '**', '秘' * 100000, '\\*' * 50000, '> ' * 300 + 'x', '- ' * 300 + 'x', '*' * 5000, '`' * 5000, '[' * 2000, '---\ntitle: x\n---\n\ny', '<div>\n\n*x*\n\n</div>', '.. raw:: html\n\n   <script>alert(1)</script>', '- - - x', '* * *',
         'a\n===', 'a\n---', '\ta', '    .. note::', '```{note}\nx\n```', '```\n```\n~~~', '1. a\n1. b\n\n1) c', '-\n\n  x', '> a\n\n> b', '> - a\n>\n>   > b', '# \n', '#', '**a**b', 'a**b**', '*a*_b_', '`a``b`', '``a` `b``',
         '<b>x</b>', 'x  \ny', 'x\\\ny', '[a](<b c>)', '[a](http://x.y/(z))', '![](http://x.y)', '![a](data:x)', '[*a* `b`](http://x.y)', '***a** b*', '**a *b* c**', '&nbsp;x&nbsp;', '* &nbsp;', '`&nbsp;`', '` `', '`` ` ``',
         'x\n\n***\n\ny', '***', '- ***', '> # a', '- # a\n\n  b', '1. > a', 'x:\n\n    y', 'x::\n\n    y', '- a\n\n      b', '- \n- \n', '- > a\n\n  b', '>     a', '> ```\n> a', '123456789. a', '0. a', 'a\\', '\\']


def mix(random):
    """A few pieces in a row."""
    words = []
    for _ in range(random.randint(1, 8)):
        words.append(random.choice(PIECES) if random.random() < 0.7 else random.choice(('word', 'a', '1')))
    return ''.join(word + random.choice(('', ' ', ' ', '\n', '\n\n')) for word in words)
