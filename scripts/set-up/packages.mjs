/**
 * A Debian package that something needs.
 *
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} sign the program or file that shows it is there, whoever installed it; `*` stands for a version
 * @property {string} without what does not work where it is missing
 *
 * @typedef {'tests'} Purpose
 */

/** What runs needs none: Pavise stands on Node alone. @type {Record<Purpose, DebianPackage[]>} */
export const packages = {
  tests: [{ name: 'wireshark-common', sign: 'capinfos', without: 'the comparison with capinfos' }],
}
