/* Takes the pictures of docs/screenshots: a site as it looks in the light, in the dark, on a phone and on paper.
 *
 * node pictures.mjs MODULES CHROMIUM SITE FOLDER     SITE is what run.py pictures makes of gallery.py */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, site, folder] = process.argv.slice(2);
const { chromium } = createRequire(path.join(modules, 'x.js'))('playwright-core');
const browser = await chromium.launch({
	executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const PICTURES = [
	{ name: 'site-light', page: 'index.html', width: 1200, height: 1000 },
	{ name: 'site-matrix', page: 'index.html#matrix', width: 1200, height: 1240 },
	{ name: 'site-dark', page: 'applications/gatekeeper.html', width: 1200, height: 1000, dark: true },
	{ name: 'site-search', page: 'index.html#find?q=password', width: 1200, height: 820 },
	{ name: 'site-phone', page: 'environments/harbor.html', width: 390, height: 844 },
	{ name: 'site-phone-dark', page: 'index.html#matrix', width: 390, height: 844, dark: true },
	{ name: 'site-print', page: 'environments/harbor.html', width: 794, height: 1000, media: 'print' },
];

for (const { name, page, width, height, dark, media } of PICTURES) {
	const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
	const tab = await context.newPage();
	await tab.goto(pathToFileURL(path.join(site, 'x')).href.slice(0, -1) + page);
	if (media) {
		await tab.emulateMedia({ media });
		await tab.evaluate(() => { document.body.style.padding = '48px'; }); /* the margins of a sheet */
	}
	if (page.includes('#find'))
		await tab.locator('#find-results a').first().waitFor();
	await tab.waitForTimeout(300);
	await tab.screenshot({ path: path.join(folder, name + '.png') });
	await context.close();
}
await browser.close();
