/* What the site does besides being read: search, filters, theme, and the lighting up of the picture of copies. All text that comes from the repository is put in as text, never as markup. */
'use strict';

(() => {
	const root = document.documentElement;

	/* Before the first paint: controls that need a script are there from the start, and in the right theme. */
	root.classList.add('js');
	const stored = {
		get(name) {
			try {
				return localStorage.getItem('aspis-' + name);
			} catch {
				return null; /* forbidden: nothing is remembered */
			}
		},
		set(name, value) {
			try {
				localStorage.setItem('aspis-' + name, value);
			} catch {
				/* likewise */
			}
		},
	};
	const chosenTheme = stored.get('theme');
	if (chosenTheme === 'dark' || chosenTheme === 'light')
		root.dataset.theme = chosenTheme;

	const byId = (id) => document.getElementById(id);
	const listen = (node, type, handler) => node?.addEventListener(type, handler);
	const fold = (text) => text.toLowerCase();
	const count = (number, one, many) => number + ' ' + (number === 1 ? one : many);
	const words = (text) => fold(text).split(/\s+/).filter((word) => word !== '');

	function element(name, className, ...children) {
		const node = document.createElement(name);
		if (className)
			node.className = className;
		node.append(...children);
		return node;
	}

	/* The state of a filter is behind the hash: "#find?q=tap&kind=static". */
	function readState(name) {
		const [place, query] = location.hash.slice(1).split('?');
		return place === name && query !== undefined ? new URLSearchParams(query) : null;
	}

	function writeState(name, state) {
		const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== ''));
		const hash = query.size > 0 ? '#' + name + '?' + query : '';
		if (hash !== '' || readState(name))
			history.replaceState(null, '', location.pathname + location.search + hash);
	}

	const checkedValues = (box) => [...box.querySelectorAll('input:checked')].map((input) => input.value);
	function setChecked(box, text) {
		const values = (text ?? '').split(',');
		for (const input of box.querySelectorAll('input'))
			input.checked = values.includes(input.value);
	}

	/* Theme. */

	function startTheme() {
		const button = byId('theme');
		const system = matchMedia('(prefers-color-scheme: dark)');
		const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
		const show = () => button.setAttribute('aria-pressed', String(isDark()));
		listen(button, 'click', () => {
			root.dataset.theme = isDark() ? 'light' : 'dark';
			stored.set('theme', root.dataset.theme);
			show();
		});
		listen(system, 'change', show);
		show();
	}

	/* The matrix of the first page. */

	function startMatrix() {
		const table = byId('matrix-table');
		if (!table)
			return;
		const [text, environment, secrets, unresolved] =
			['application', 'environment', 'secrets', 'unresolved'].map((name) => byId('matrix-' + name));
		const rows = [...table.tBodies[0].rows];
		const columns = [...table.tHead.rows[0].cells];
		const isShown = (row, wanted, column) =>
			wanted.every((word) => fold(row.cells[0].textContent).includes(word)) &&
			(column === 0 || !row.cells[column].classList.contains('off')) &&
			(!secrets.checked || [...row.cells].some((cell) => cell.querySelector('td:not(.weight-0) > a'))) &&
			(!unresolved.checked || row.querySelector('.broken') !== null);

		function show() {
			const column = environment.selectedIndex;
			const wanted = words(text.value);
			let shown = 0;
			for (const row of rows) {
				row.hidden = !isShown(row, wanted, column);
				shown += !row.hidden;
			}
			for (const row of table.rows)
				[...row.cells].forEach((cell, index) => cell.classList.toggle('chosen', column > 0 && index === column));
			byId('matrix-count').textContent = shown === rows.length ? count(shown, 'application', 'applications')
				: shown + ' of ' + count(rows.length, 'application', 'applications');
		}

		function change() {
			show();
			writeState('matrix', {
				app: text.value, env: environment.value, secrets: secrets.checked ? 'yes' : '',
				unresolved: unresolved.checked ? 'yes' : '',
			});
		}

		function restore() {
			const state = readState('matrix');
			if (state) {
				text.value = state.get('app') ?? '';
				environment.value = state.get('env') ?? '';
				if (environment.selectedIndex < 0)
					environment.selectedIndex = 0;
				secrets.checked = state.get('secrets') === 'yes';
				unresolved.checked = state.get('unresolved') === 'yes';
				byId('matrix').scrollIntoView();
			}
			show();
		}

		for (const control of [text, environment, secrets, unresolved])
			listen(control, 'input', change);
		listen(window, 'hashchange', restore);
		listen(table, 'keydown', moveInTable);
		restore();
	}

	/* Arrow keys go from cell to cell of a table whose cells are links. */
	function moveInTable(event) {
		const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
		const step = steps[event.key];
		const cell = event.target.closest('th, td');
		if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey)
			return;
		const table = cell.closest('table');
		let row = cell.parentNode.rowIndex;
		let column = cell.cellIndex;
		do {
			row += step[0];
			column += step[1];
			const link = table.rows[row]?.cells[column]?.querySelector('a');
			if (link && !table.rows[row].hidden) {
				link.focus();
				link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
				break;
			}
		} while (row >= 0 && row < table.rows.length && column >= 0 && column < table.rows[row].cells.length);
		event.preventDefault();
	}

	/* The rows of an environment's page. */

	function startRows() {
		const text = byId('rows-text');
		const kinds = byId('rows-kinds');
		if (!text)
			return;
		const groups = [...document.querySelectorAll('[data-group]')].map((box) => ({
			box,
			name: fold(box.querySelector('h3').firstElementChild?.textContent ?? ''),
			rows: [...box.querySelectorAll('[data-kind]')].map((node) => ({
				node, kind: node.dataset.kind, name: fold(node.querySelector('code').textContent),
			})),
		}));

		function show() {
			const wanted = words(text.value);
			const chosen = checkedValues(kinds);
			const isFiltered = wanted.length > 0 || chosen.length > 0;
			let shown = 0;
			let all = 0;
			for (const group of groups) {
				let inGroup = 0;
				for (const row of group.rows) {
					const fits = wanted.every((word) => row.name.includes(word) || group.name.includes(word)) &&
						(chosen.length === 0 || chosen.includes(row.kind));
					row.node.hidden = !fits;
					inGroup += fits;
				}
				group.box.hidden = isFiltered && inGroup === 0;
				shown += inGroup;
				all += group.rows.length;
			}
			byId('rows-count').textContent = shown === all ? count(all, 'secret', 'secrets') : shown + ' of ' + count(all, 'secret', 'secrets');
		}

		function restore() {
			const state = readState('all');
			if (state) {
				text.value = state.get('q') ?? '';
				setChecked(kinds, state.get('kind'));
				byId('all').scrollIntoView();
			}
			show();
		}

		for (const control of [text, kinds]) {
			listen(control, 'input', () => {
				show();
				writeState('all', { q: text.value, kind: checkedValues(kinds).join(',') });
			});
		}
		listen(window, 'hashchange', restore);
		restore();
	}

	/* The picture of copies: what hangs together with a box lights up. */

	function startGraph() {
		for (const graph of document.querySelectorAll('.graph')) {
			const edges = [...graph.querySelectorAll('.edge')];
			const boxes = new Map([...graph.querySelectorAll('.box')].map((box) => [box.dataset.box, box]));
			const light = (number) => {
				for (const node of graph.querySelectorAll('.on'))
					node.classList.remove('on');
				graph.classList.toggle('lit', number !== undefined);
				boxes.get(number)?.classList.add('on');
				for (const edge of edges) {
					if (edge.dataset.from === number || edge.dataset.to === number) {
						for (const node of [edge, boxes.get(edge.dataset.from), boxes.get(edge.dataset.to)])
							node.classList.add('on');
					}
				}
			};
			const of = (event) => event.target.closest?.('.box')?.dataset.box;
			const focused = () => (graph.contains(document.activeElement) ? document.activeElement.dataset?.box : undefined);
			listen(graph, 'mouseover', (event) => light(of(event) ?? focused()));
			listen(graph, 'mouseleave', () => light(focused()));
			listen(graph, 'focusin', (event) => light(of(event)));
			listen(graph, 'focusout', () => light(undefined));
		}
	}

	/* The search. */

	const LETTERS = { static: 's', generate: 'g', copy: 'c', value: 'v' };
	const RESULTS = 100; /* shown at once */
	const SNIPPET = 160; /* characters of a description around what was found */

	class Search {
		constructor() {
			this.dialog = byId('find');
			this.text = byId('find-text');
			this.environment = byId('find-environment');
			this.application = byId('find-application');
			this.kinds = byId('find-kinds');
			this.status = byId('find-count');
			this.results = byId('find-results');
			this.shown = RESULTS;
			for (const control of [this.text, this.environment, this.application, this.kinds])
				listen(control, 'input', () => this.change());
			listen(byId('find-open'), 'click', () => this.open());
			listen(byId('find-close'), 'click', () => this.dialog.close());
			listen(this.dialog, 'close', () => writeState('find', {}));
			listen(this.dialog, 'click', (event) => {
				if (event.target === this.dialog)
					this.dialog.close();
				else if (event.target.closest('.find-results a'))
					this.dialog.close();
			});
			listen(this.dialog, 'keydown', (event) => this.move(event));
			listen(document, 'keydown', (event) => this.catchKey(event));
			listen(window, 'hashchange', () => this.restore());
			this.restore();
		}

		catchKey(event) {
			const isTyping = event.target.closest?.('input:not([type="checkbox"]), select, textarea');
			if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !this.dialog.open) {
				event.preventDefault();
				this.open();
			}
		}

		restore() {
			this.state = readState('find');
			if (!this.state)
				return;
			this.open();
			if (this.secrets)
				this.apply();
		}

		/* Sets the controls by the address: once the index is there, as the choices come with it. */
		apply() {
			if (this.state) {
				this.text.value = this.state.get('q') ?? '';
				setChecked(this.kinds, this.state.get('kind'));
				for (const [select, name] of [[this.environment, 'env'], [this.application, 'app']]) {
					select.value = this.state.get(name) ?? '';
					if (select.selectedIndex < 0)
						select.selectedIndex = 0;
				}
			}
			this.state = null;
			this.show();
		}

		open() {
			if (!this.dialog.open)
				this.dialog.showModal();
			this.text.focus();
			this.text.select();
			this.load();
		}

		/* The index is a script of its own, read when it is first needed: a page that was opened from a folder may read nothing else. */
		load() {
			if (this.loading)
				return;
			this.loading = true;
			this.status.textContent = 'Reading the index…';
			const script = document.createElement('script');
			script.src = root.dataset.root + 'search.js';
			listen(script, 'load', () => this.take(window.aspisSearch));
			listen(script, 'error', () => {
				this.loading = false;
				this.status.textContent = 'search.js could not be read: it belongs beside the first page.';
			});
			document.head.append(script);
		}

		take(index) {
			this.index = index;
			for (const [select, links] of [[this.environment, index.environments], [this.application, index.applications]])
				select.append(...links.map(([name]) => new Option(name, name)));
			this.secrets = index.secrets.map(([application, key, label, text, kinds]) => ({
				application: index.applications[application][0],
				href: index.applications[application][1] + '#' + label,
				key, text, kinds,
				foldedKey: fold(key), foldedApplication: fold(index.applications[application][0]), foldedText: fold(text),
			}));
			this.apply();
		}

		change() {
			this.shown = RESULTS;
			if (!this.secrets)
				return;
			this.show();
			writeState('find', {
				q: this.text.value, env: this.environment.value, app: this.application.value,
				kind: checkedValues(this.kinds).join(','),
			});
		}

		/* What a secret is worth to the words that are sought: 0 is nothing. Keys count more than applications, and these more than descriptions. */
		rank(secret, wanted) {
			let rank = 1;
			for (const word of wanted) {
				if (secret.foldedKey === word)
					rank += 100;
				else if (secret.foldedKey.startsWith(word))
					rank += 60;
				else if (secret.foldedKey.includes(word))
					rank += 40;
				else if (secret.foldedApplication.startsWith(word))
					rank += 30;
				else if (secret.foldedApplication.includes(word))
					rank += 20;
				else if (secret.foldedText.includes(word))
					rank += 1;
				else
					return 0;
			}
			return rank;
		}

		fits(secret, environment, letters) {
			const kinds = environment < 0 ? secret.kinds : secret.kinds[environment];
			if (letters.length > 0)
				return letters.some((letter) => kinds.includes(letter));
			return environment < 0 || /[sgcv]/.test(kinds);
		}

		show() {
			const wanted = words(this.text.value);
			const environment = this.environment.selectedIndex - 1;
			const letters = checkedValues(this.kinds).map((kind) => LETTERS[kind]);
			const found = this.secrets
				.filter((secret) => (this.application.value === '' || secret.application === this.application.value) &&
					this.fits(secret, environment, letters))
				.map((secret) => ({ secret, rank: this.rank(secret, wanted) }))
				.filter(({ rank }) => rank > 0);
			if (wanted.length > 0)
				found.sort((a, b) => b.rank - a.rank);
			this.status.textContent = found.length === 0 ? 'Nothing found.' : count(found.length, 'secret', 'secrets');
			this.results.replaceChildren(...found.slice(0, this.shown).map(({ secret }) => this.result(secret, wanted, environment)));
			if (found.length > this.shown)
				this.results.append(this.more());
			this.results.scrollTop = 0;
		}

		more() {
			const button = element('button', '', 'Show more');
			button.type = 'button';
			listen(button, 'click', () => {
				const first = this.shown;
				this.shown += RESULTS;
				this.show();
				this.results.querySelectorAll('a')[first]?.focus();
			});
			return element('li', 'find-more', button);
		}

		result(secret, wanted, environment) {
			const link = element('a');
			link.href = root.dataset.root + secret.href;
			const key = element('code');
			key.append(...this.marked(secret.key, wanted));
			const where = element('span', 'where');
			where.append(...this.marked(secret.application, wanted));
			const line = element('span', 'find-line', key, where);
			const kinds = environment < 0 ? secret.kinds : secret.kinds[environment];
			for (const [kind, letter] of Object.entries(LETTERS)) {
				if (kinds.includes(letter))
					line.append(this.badge(kind));
			}
			link.append(line);
			const snippet = this.snippet(secret, wanted);
			if (snippet !== '') {
				const text = element('span', 'find-text');
				text.append(...this.marked(snippet, wanted));
				link.append(text);
			}
			return element('li', '', link);
		}

		badge(kind) {
			const chip = this.kinds.querySelector('.kind-' + kind);
			return element('span', 'kind kind-' + kind, chip.querySelector('svg').cloneNode(true), chip.textContent.trim());
		}

		/* The part of a description where the first of the words stands. */
		snippet(secret, wanted) {
			const places = wanted.map((word) => secret.foldedText.indexOf(word)).filter((place) => place >= 0);
			const middle = places.length > 0 ? Math.min(...places) : 0;
			const start = Math.max(0, middle - SNIPPET / 3);
			const text = secret.text.slice(start, start + SNIPPET);
			return (start > 0 ? '…' : '') + text + (start + SNIPPET < secret.text.length ? '…' : '');
		}

		/* A text with what was sought in <mark>. Where folding changes lengths (a few letters do), nothing is marked. */
		marked(text, wanted) {
			const folded = fold(text);
			if (wanted.length === 0 || folded.length !== text.length)
				return [text];
			const parts = [];
			let at = 0;
			while (at < text.length) {
				const next = wanted
					.map((word) => ({ place: folded.indexOf(word, at), length: word.length }))
					.filter(({ place }) => place >= 0)
					.sort((a, b) => a.place - b.place || b.length - a.length)[0];
				if (!next)
					break;
				parts.push(text.slice(at, next.place), element('mark', '', text.slice(next.place, next.place + next.length)));
				at = next.place + next.length;
			}
			parts.push(text.slice(at));
			return parts;
		}

		/* Arrow keys go from the text to the results and through them; Enter in the text takes the first. */
		move(event) {
			const links = [...this.results.querySelectorAll('a')];
			const at = links.indexOf(document.activeElement);
			const inText = document.activeElement === this.text;
			let target;
			if (event.key === 'ArrowDown' && (inText || at >= 0))
				target = links[at + 1];
			else if (event.key === 'ArrowUp' && at >= 0)
				target = links[at - 1] ?? this.text;
			else if (event.key === 'Home' && at >= 0)
				target = links[0];
			else if (event.key === 'End' && at >= 0)
				target = links.at(-1);
			else if (event.key === 'Enter' && inText)
				links[0]?.click();
			else
				return;
			event.preventDefault();
			target?.focus();
		}
	}

	listen(document, 'DOMContentLoaded', () => {
		startTheme();
		startMatrix();
		startRows();
		startGraph();
		new Search();
	});
})();
