// Tells every function with a name, of the files named: its file, its name, and how many lines it has.
import { readFileSync } from 'node:fs'
import ts from 'typescript'

const isFunction = (node) => ts.isFunctionLike(node) && 'body' in node && node.body

function nameOf(node) {
  if (node.name) return node.name.getText()
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : ''
}

function functionsOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf-8'), ts.ScriptTarget.Latest, true)
  const lineOf = (at) => source.getLineAndCharacterOfPosition(at).line
  const found = []
  const visit = (node) => {
    const name = isFunction(node) ? nameOf(node) : ''
    const lines = lineOf(node.getEnd()) - lineOf(node.getStart()) + 1
    if (name) found.push({ path, name, lines })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

console.log(JSON.stringify(process.argv.slice(2).flatMap(functionsOf)))
