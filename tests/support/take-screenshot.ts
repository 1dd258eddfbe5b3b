// Takes the picture of a running dashboard for docs/images:
//   npx tsx tests/support/take-screenshot.ts http://127.0.0.1:4173/ docs/images/dashboard.png [light|dark] [1280x1180]
import { findChromium, launchChromium } from './browser.js';

const [url, file, colorScheme = 'light', size = '1280x1180'] = process.argv.slice(2);
const executablePath = findChromium();
if (url === undefined || file === undefined || executablePath === undefined) throw new Error('Needs an address, a file, and Chromium (apt-get install chromium).');
const [width, height] = size.split('x').map(Number);
const browser = await launchChromium(executablePath);
const page = await browser.newPage({ viewport: { width, height }, colorScheme: colorScheme === 'dark' ? 'dark' : 'light' });
await page.goto(url);
await page.waitForSelector('.chart canvas');
await page.evaluate(() => document.fonts.ready);
await page.screenshot({ path: file });
await browser.close();
