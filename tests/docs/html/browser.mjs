/* Uses sites in a real Chromium, as readers do.
 *
 * node browser.mjs MODULES CHROMIUM KIND=FOLDER...     KIND: "any" (what holds for every site), "phalanx" and "hostile" (that, and more)
 *
 * Prints a line for each check that fails and a summary. Exit 1: something failed. */
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, ...sites] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'x.js'));
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 740 };

const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
let checks = 0;
let failures = 0;

function fail(where, what) {
	failures++;
	if (failures <= 60)
		console.log(`${where}: ${what}`);
}

function check(condition, where, what) {
	checks++;
	if (!condition)
		fail(where, what);
}

function equal(actual, expected, where, what) {
	const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
	check(a === b, where, `${what}: ${a} instead of ${b}`);
}

/* A part of the test; what it throws (an element that is not there) fails it. */
async function part(where, work) {
	try {
		await work();
	} catch (error) {
		checks++;
		fail(where, String(error.stack ?? error).split('\n').slice(0, 4).join(' | '));
	}
}

function pagesOf(folder) {
	const inFolder = (name) => {
		try {
			return readdirSync(path.join(folder, name)).filter((file) => file.endsWith('.html')).sort().map((file) => name + file);
		} catch {
			return [];
		}
	};
	return [...inFolder(''), ...inFolder('environments/'), ...inFolder('applications/')];
}

/* A window with its own storage that notes what a page must not do: ask for anything but its own files, report an error, shift. */
async function open(folder, options = {}) {
	const context = await browser.newContext({ viewport: DESK, ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(120_000); /* the machine may be busy */
	const base = pathToFileURL(folder + '/').href;
	const trouble = [];
	page.on('request', (request) => {
		if (!request.url().startsWith(base) && !request.url().startsWith('data:'))
			trouble.push('asks for ' + request.url());
	});
	page.on('websocket', (socket) => trouble.push('connects to ' + socket.url()));
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()))
			trouble.push('console: ' + message.text());
	});
	page.on('pageerror', (error) => trouble.push('error: ' + error.message));
	page.on('dialog', (dialog) => {
		trouble.push('dialog: ' + dialog.message());
		dialog.dismiss();
	});
	await context.addInitScript(() => {
		window.shifts = [];
		new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
			.observe({ type: 'layout-shift', buffered: true });
	});
	return {
		page,
		trouble,
		go: (name) => page.goto(base + name),
		close: () => context.close(),
	};
}

const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));

async function judge(page, where) {
	await page.addScriptTag({ path: axe }).catch(() => undefined);
	const violations = await page.evaluate(async () => {
		const result = await window.axe.run(document, { resultTypes: ['violations'] });
		return result.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.length}, first ${one.nodes[0].target} ${one.nodes[0].failureSummary.slice(0, 200)}`);
	});
	equal(violations, [], where, 'axe');
}

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/* What holds for every page: nothing goes out, nothing shifts, nothing is wider than the window, and headings go down step by step. */
async function checkPage(window, name, where) {
	await window.go(name);
	await settle(window.page);
	equal(await window.page.evaluate(() => window.shifts), [], where, 'layout shifts');
	equal(await overflow(window.page), 0, where, 'pixels wider than the window');
	const facts = await window.page.evaluate(() => ({
		headings: document.querySelectorAll('h1').length,
		ids: [...document.querySelectorAll('[id]')].length - new Set([...document.querySelectorAll('[id]')].map((node) => node.id)).size,
		scripts: [...document.scripts].filter((script) => !script.src.endsWith('/script.js')).length,
		unseenControls: [...document.querySelectorAll('.needs-js')].filter((node) => getComputedStyle(node).display === 'none').length,
		inHead: document.head.querySelector('meta[http-equiv]').content,
	}));
	equal(facts.headings, 1, where, 'first-level headings');
	equal(facts.ids, 0, where, 'ids that are there twice');
	equal(facts.scripts, 0, where, 'scripts of others');
	equal(facts.unseenControls, 0, where, 'controls that are hidden');
	check(/default-src 'none'/.test(facts.inHead) && !/unsafe/.test(facts.inHead), where, 'the policy is weak');
	equal(window.trouble.splice(0), [], where, 'trouble');
}

async function checkAll(folder, kind) {
	for (const [look, options] of [['light', { colorScheme: 'light' }], ['phone', { viewport: PHONE, colorScheme: 'dark', hasTouch: true }]]) {
		const window = await open(folder, options);
		for (const name of pagesOf(folder))
			await part(`${kind} ${look} ${name}`, () => checkPage(window, name, `${kind} ${look} ${name}`));
		await window.close();
	}
}

/* The accessibility of the first page and of the largest and some more pages of each sort, in each look. axe runs in the page, which its policy forbids: it is bypassed here and here alone. */
async function checkAccess(folder, kind) {
	const pages = pagesOf(folder);
	const sorted = (sort) => pages.filter((name) => name.startsWith(sort));
	const some = (list) => list.filter((_, index) => index % Math.ceil(list.length / 6) === 0);
	const chosen = ['index.html', ...some(sorted('environments/')), ...some(sorted('applications/'))];
	const looks = [
		['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: PHONE, colorScheme: 'light' }],
		['phone dark', { viewport: PHONE, colorScheme: 'dark' }],
	];
	for (const [look, options] of looks) {
		const window = await open(folder, { ...options, bypassCSP: true });
		for (const name of chosen) {
			const where = `${kind} access ${look} ${name}`;
			await part(where, async () => {
				await window.go(name);
				await judge(window.page, where);
			});
		}
		await part(`${kind} access ${look} search`, async () => {
			await window.go('index.html#find');
			await window.page.keyboard.press('/');
			await window.page.locator('#find-results a').first().waitFor();
			await judge(window.page, `${kind} access ${look} search`);
		});
		await window.close();
	}
}

async function checkWithoutScripts(folder, kind) {
	const window = await open(folder, { javaScriptEnabled: false });
	const { page } = window;
	const where = `${kind} without scripts`;
	await part(where, async () => {
		await window.go('index.html');
		check(await page.locator('h1').isVisible(), where, 'no heading');
		for (const control of await page.locator('.needs-js').all())
			check(!(await control.isVisible()), where, 'a control that does nothing is shown');
		const links = await page.locator('.card a, .matrix tbody th a').count();
		check(links > 0, where, 'no links to environments and applications');
		await page.locator('.card a').first().click();
		check(page.url().includes('/environments/'), where, 'a card does not lead to its environment');
		check(await page.locator('#secrets').isVisible(), where, 'the secrets are not shown');
		const application = page.locator('.group h3 a').first();
		if (await application.count() > 0) {
			await application.click();
			check(page.url().includes('/applications/'), where, 'a heading does not lead to its application');
		}
		equal(window.trouble, [], where, 'trouble');
	});
	await window.close();
}

/* Keys alone, on a site of any content: skip link, search, result, theme. */
async function checkKeyboard(folder, kind) {
	const window = await open(folder, { colorScheme: 'light' });
	const { page } = window;
	const where = `${kind} keyboard`;
	const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
	await part(where, async () => {
		await window.go('index.html');
		await page.keyboard.press('Tab');
		equal(await focused(), 'skip', where, 'the first stop');
		check((await page.locator('.skip').boundingBox()).y >= 0, where, 'the skip link is not seen');
		await page.keyboard.press('Enter');
		equal(await focused(), 'main', where, 'where the skip link leads');
		await page.keyboard.press('/');
		equal(await focused(), 'find-text', where, 'where / leads');
		await page.locator('#find-results a').first().waitFor();
		equal(await page.evaluate(() => document.querySelectorAll('script[src$="search.js"]').length), 1, where, 'scripts of the index');
		await page.keyboard.press('ArrowDown');
		const first = await page.evaluate(() => document.activeElement.href);
		check(/applications\/.*#/.test(first), where, 'an arrow does not lead to a result');
		await page.keyboard.press('ArrowUp');
		equal(await focused(), 'find-text', where, 'where an arrow leads back');
		await page.keyboard.press('Escape');
		check(!(await page.locator('#find').isVisible()), where, 'Escape does not close the search');
		await page.keyboard.press('/');
		await page.keyboard.press('Enter');
		await page.waitForURL(first);
		const outline = await page.evaluate(() => {
			document.querySelector('main a').focus();
			return getComputedStyle(document.activeElement).outlineStyle;
		});
		check(outline !== 'none', where, 'focus is not seen');
		equal(window.trouble, [], where, 'trouble');
	});
	await window.close();
}

async function checkTheme(folder, kind) {
	const where = `${kind} theme`;
	const window = await open(folder, { colorScheme: 'light' });
	const { page } = window;
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	await part(where, async () => {
		await window.go('index.html');
		const light = await paper();
		await page.emulateMedia({ colorScheme: 'dark' });
		const dark = await paper();
		check(light !== dark, where, 'the system\'s choice changes nothing');
		// The page hears of the system's choice a moment after its colours have changed.
		await page.locator('#theme[aria-pressed="true"]').waitFor({ timeout: 20000 }).catch(() => {});
		equal(await page.locator('#theme').getAttribute('aria-pressed'), 'true', where, 'the button in the dark');
		await page.locator('#theme').click();
		equal(await paper(), light, where, 'the chosen theme');
		await page.locator('.card a').first().click();
		await settle(page);
		equal(await paper(), light, where, 'the chosen theme on the next page');
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		equal(await paper(), 'rgb(255, 255, 255)', where, 'paper when printed');
		check(!(await page.locator('.bar').isVisible()), where, 'the bar is printed');
		await window.go('index.html');
		check(!(await page.locator('.tools').first().isVisible()), where, 'tools are printed');
	});
	await window.close();
}

/* The picture of copies: boxes apart, texts inside them, keys and links. */
async function checkGraph(folder, kind) {
	const window = await open(folder);
	const { page } = window;
	const where = `${kind} graph`;
	await part(where, async () => {
		await window.go('index.html');
		const graph = await page.evaluate(() => {
			const of = (node) => {
				const { left, right, top, bottom } = node.getBoundingClientRect();
				return { left, right, top, bottom };
			};
			const boxes = [...document.querySelectorAll('.graph .box')];
			const rects = boxes.map((box) => of(box.querySelector('rect')));
			const touching = rects.filter((a, i) => rects.some((b, j) => j < i && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
			const wide = boxes.filter((box) => {
				const [outer, inner] = [of(box.querySelector('rect')), of(box.querySelector('text'))];
				return inner.left < outer.left || inner.right > outer.right;
			});
			const named = [...document.querySelectorAll('.graph .edge, .graph .box')].every((node) => node.querySelector('title')?.textContent);
			return { boxes: boxes.length, edges: document.querySelectorAll('.graph .edge').length, touching: touching.length, wide: wide.map((box) => box.textContent), named };
		});
		if (kind === 'phalanx')
			check(graph.boxes > 30 && graph.edges > 40, where, `only ${graph.boxes} boxes and ${graph.edges} edges`);
		equal([graph.touching, graph.wide, graph.named], [0, [], true], where, 'boxes that touch, labels that do not fit, names');
		if (graph.boxes === 0)
			return;
		const box = page.locator('.graph .box').first();
		await box.focus();
		check(await page.locator('.graph.lit .edge.on').count() > 0, where, 'focus lights nothing up');
		check(await page.locator('.graph.lit .edge:not(.on)').count() >= graph.edges - 60, where, 'everything is lit');
		const href = await box.getAttribute('href');
		await page.keyboard.press('Enter');
		await page.waitForURL((url) => url.href.endsWith(href));
	});
	await window.close();
}

/* What the corpus is known to hold. */
async function checkPhalanx(folder) {
	const window = await open(folder);
	const { page } = window;
	const results = () => page.locator('#find-results a .find-line code').allTextContents();
	const status = () => page.locator('#find-count').textContent();
	await part('phalanx search', async () => {
		const where = 'phalanx search';
		await window.go('applications/tap.html');
		await page.locator('#find-open').click();
		await page.locator('#find-results a').first().waitFor();
		await page.fill('#find-text', 'google_creds tap');
		check((await results())[0]?.startsWith('google_creds'), where, 'a key is not found: ' + (await results()).slice(0, 3));
		await page.fill('#find-text', 'slack');
		const all = await page.locator('#find-results a').count();
		check(all > 3 && (await status()).startsWith(String(all)), where, 'words of descriptions or the count');
		check(await page.locator('#find-results mark').count() > 0, where, 'nothing is marked');
		await page.selectOption('#find-environment', 'idfdev');
		const here = await page.locator('#find-results a').count();
		check(here > 0 && here < all, where, 'the environment does not matter');
		await page.locator('#find-kinds input[value="copy"]').check();
		const copies = await page.locator('#find-results a').count();
		check(copies > 0 && copies < here, where, 'the kind does not matter');
		equal(await page.locator('#find-results a .kind:not(.kind-copy)').count(), 0, where, 'other kinds among the results');
		await page.fill('#find-text', '');
		await page.selectOption('#find-application', 'nublado');
		const hash = new URL(page.url()).hash;
		check(/^#find\?/.test(hash) && /env=idfdev/.test(hash) && /kind=copy/.test(hash) && /app=nublado/.test(hash), where, 'the address: ' + hash);
		const wanted = await results();
		await window.go('index.html' + hash);
		await page.locator('#find-results a').first().waitFor();
		equal(await results(), wanted, where, 'what the address leads to');
		await page.fill('#find-text', 'no such words anywhere');
		equal(await status(), 'Nothing found.', where, 'what is said of nothing');
		equal(await page.locator('#find-count').getAttribute('role'), 'status', where, 'role of the count');
		equal(window.trouble, [], where, 'trouble');
	});
	await part('phalanx matrix', async () => {
		const where = 'phalanx matrix';
		const rows = () => page.locator('#matrix-table tbody tr:visible').count();
		await window.go('index.html');
		const all = await rows();
		check(all > 100, where, `only ${all} applications`);
		equal(await page.locator('#matrix-table thead th').count(), 25, where, 'columns');
		await page.fill('#matrix-application', 'tap');
		const taps = await rows();
		check(taps > 3 && taps < 20, where, `${taps} applications with "tap"`);
		await page.selectOption('#matrix-environment', 'idfprod');
		check(await rows() < taps, where, 'the environment does not matter');
		check(/of \d+ applications/.test(await page.locator('#matrix-count').textContent()), where, 'the count');
		const hash = new URL(page.url()).hash;
		const wanted = await rows();
		await window.go('applications/tap.html');
		await window.go('index.html' + hash);
		equal(await rows(), wanted, where, 'what the address leads to');
		await page.fill('#matrix-application', '');
		await page.selectOption('#matrix-environment', '');
		await page.locator('#matrix-unresolved').check();
		equal(await page.locator('#matrix-table tbody tr:visible th').allTextContents(), ['consdb', 'consdbtap', 'rapid-analysis', 'rubintv'], where, 'unresolved');
		await page.locator('#matrix-unresolved').uncheck();
		await page.locator('#matrix-table').scrollIntoViewIfNeeded();
		const stuck = await page.evaluate(async () => {
			const frame = document.querySelector('#matrix-table').parentNode;
			frame.scrollTop = 600;
			frame.scrollLeft = 300;
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			const [outer, head, side] = [frame, frame.querySelector('thead th:nth-child(9)'), frame.querySelector('tbody tr:nth-child(30) th')].map((node) => node.getBoundingClientRect());
			return [frame.scrollTop > 300, Math.abs(head.top - outer.top) < 3, Math.abs(side.left - outer.left) < 3];
		});
		equal(stuck, [true, true, true], where, 'the head stays');
		await page.locator('#matrix-table tbody th a').first().focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowRight');
		equal(await page.evaluate(() => document.activeElement.closest('td') !== null), true, where, 'arrow keys lead to a cell');
		equal(window.trouble, [], where, 'trouble');
	});
	await part('phalanx links', async () => {
		const where = 'phalanx links';
		await window.go('index.html');
		await page.locator('#matrix-table tbody tr', { has: page.locator('th', { hasText: /^gafaelfawr$/ }) }).locator('td a').first().click();
		check(/environments\/.*#aspis-env-.*-gafaelfawr$/.test(page.url()), where, 'a cell leads to ' + page.url());
		const target = page.locator(':target');
		check((await target.boundingBox()).y > 40 && (await target.boundingBox()).y < 400, where, 'its target is not in sight');
		await window.go('applications/gafaelfawr.html#aspis-secret-gafaelfawr-redis-password');
		check(await page.locator('article:target h3').isVisible(), where, 'a secret\'s own address');
		equal(await page.locator('article:target h3 code').textContent(), 'redis-password', where, 'whose it is');
		await page.locator('article:target .anchor').click();
		check(page.url().endsWith('#aspis-secret-gafaelfawr-redis-password'), where, 'the link beside it');
	});
	await part('phalanx environment', async () => {
		const where = 'phalanx environment';
		const rows = () => page.locator('[data-kind]:visible').count();
		await window.go('environments/idfprod.html');
		const all = await rows();
		check(all > 60, where, `only ${all} secrets`);
		await page.locator('#rows-kinds input[value="static"]').check();
		const provided = await rows();
		equal(provided, Number(await page.locator('.hero .figures dd').nth(1).textContent()), where, 'secrets to provide');
		check(new URL(page.url()).hash === '#all?kind=static', where, 'the address: ' + page.url());
		await page.fill('#rows-text', 'gafaelfawr');
		check(await rows() < provided, where, 'the text does not matter');
		await page.reload();
		equal(await page.locator('#rows-text').inputValue(), 'gafaelfawr', where, 'after it is loaded anew');
	});
	await window.close();
}

/* Names and descriptions that want to be more than text. */
async function checkHostile(folder) {
	const window = await open(folder);
	const { page } = window;
	const where = 'hostile';
	await part(where, async () => {
		for (const name of pagesOf(folder)) {
			await window.go(name);
			const facts = await page.evaluate(() => ({
				pwned: window.pwned,
				elements: document.querySelectorAll('img, iframe, object, embed, form, base, style, [onclick], [onerror], [onload], [style]').length,
				links: [...document.querySelectorAll('a[href]')].map((link) => new URL(link.getAttribute('href'), location.href).protocol).filter((protocol) => !['file:', 'http:', 'https:', 'mailto:'].includes(protocol)),
				bidi: /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.textContent),
				controls: /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.test(document.documentElement.textContent),
			}));
			equal(facts, { elements: 0, links: [], bidi: false, controls: false }, `${where} ${name}`, 'what is not inert');
		}
		await window.go('index.html');
		await page.keyboard.press('/');
		await page.locator('#find-results a').first().waitFor();
		for (const words of ['<script>', 'onerror', '`', '|', '\u05d0', 'xxxx']) {
			await page.fill('#find-text', words);
			check(await page.locator('#find-results a').count() > 0, where, `${JSON.stringify(words)} is not found`);
			equal(await page.evaluate(() => [window.pwned, document.querySelectorAll('#find img, #find script').length]), [null, 0], where, 'a result is not inert');
			equal(await page.evaluate(() => document.querySelector('#find').scrollWidth <= document.querySelector('#find').clientWidth), true, where, 'a result is too wide');
		}
		equal(window.trouble, [], where, 'trouble');
	});
	await window.close();
}

for (const site of sites) {
	const [kind, folder] = site.split(/=(.*)/s);
	await checkAll(folder, kind);
	await checkAccess(folder, kind);
	await checkWithoutScripts(folder, kind);
	await checkKeyboard(folder, kind);
	await checkTheme(folder, kind);
	await checkGraph(folder, kind);
	if (kind === 'phalanx')
		await checkPhalanx(folder);
	if (kind === 'hostile')
		await checkHostile(folder);
}
await browser.close();
console.log(`${checks} checks in Chromium, ${failures} failed`);
process.exit(failures > 0 || checks === 0 ? 1 : 0);
