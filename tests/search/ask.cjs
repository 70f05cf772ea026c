// Asks an index by the browser's script: node ask.cjs SCRIPT FOLDER < queries as JSON > answers as JSON.
// Also tells how many bytes (gzip) and files each query loaded before its first and its last answer.
const { readFileSync } = require('node:fs')
const { gzipSync } = require('node:zlib')
const { join } = require('node:path')

const [script, folder] = process.argv.slice(2)
require(script)

const sizes = new Map()
const loader = () => {
  const used = { files: 0, bytes: 0 }
  const load = async (name) => {
    const bytes = readFileSync(join(folder, name))
    if (!sizes.has(name)) sizes.set(name, gzipSync(bytes, { level: 9 }).length)
    used.files += 1
    used.bytes += sizes.get(name)
    return bytes.toString('utf8')
  }
  return { used, load }
}

const main = async () => {
  const queries = JSON.parse(readFileSync(0, 'utf8'))
  const warm = await portolanSearch.open(loader().load)
  const answers = []
  for (const query of queries) {
    const { used, load } = loader()
    const cold = await portolanSearch.open(load)
    let first
    const answer = await cold.query(query, () => (first ??= { ...used }))
    first ??= { ...used }
    const before = { ...used }
    const shown = await Promise.all(answer.hits.slice(0, 10).map(cold.show))
    const display = { files: used.files - before.files, bytes: used.bytes - before.bytes }
    await warm.query(query)
    const start = process.hrtime.bigint()
    await warm.query(query)
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
    answers.push({
      hits: answer.hits.map(({ page, score, parts }) => ({ page, score, parts })),
      spelling: answer.spelling,
      shown: shown.map(({ url, title, call, parts }) => ({ url, title, call: call || '', anchors: parts.map(({ anchor }) => anchor) })),
      first: { files: first.files + display.files, bytes: first.bytes + display.bytes },
      last: used,
      milliseconds,
    })
  }
  console.log(JSON.stringify(answers))
}
main()
