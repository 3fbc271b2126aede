/*
 * Common given names, by the language that they are most at home in; a name that several have stands once. Written for
 * this project from what people are called. Names that are everyday words as well (`Will`, `May`, `Mark` of marking) are in
 * only where they are far more often a name at the beginning of a capitalised pair.
 */

/** Names of a language, separated by blanks. */
export const namesByLanguage: Readonly<Record<string, string>> = {
  en: `James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven
    Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan
    Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack Dennis Jerry Tyler Aaron
    Jose Adam Nathan Henry Douglas Zachary Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry Austin Sean Gerald
    Carl Harold Dylan Arthur Lawrence Jordan Jesse Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne
    Randy Vincent Mason Roy Ralph Bobby Russell Bradley Philip Eugene Liam Oliver Harry Oscar Archie Leo Freddie Theodore Alfie
    Charlie Callum Connor Owen Rhys Ewan Hamish Angus Duncan Graham Nigel Trevor Clive Barry Colin Derek Geoffrey Gordon Howard
    Ian Kenneth Leonard Malcolm Martin Maurice Neil Norman Reginald Rodney Ross Simon Stanley Stuart Toby Victor Warren
    Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly
    Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela Shirley
    Brenda Emma Anna Pamela Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather Diane
    Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Megan Cheryl Jacqueline
    Martha Madison Teresa Gloria Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Denise
    Amber Marilyn Beverly Danielle Theresa Sophie Marie Diana Brittany Natalie Charlotte Rose Alexis Kayla Lori Isla Amelia Ava
    Mia Freya Florence Poppy Ella Evie Imogen Phoebe Eleanor Harriet Georgia Molly Beth Bethany Chloe Gemma Hayley Holly Jade
    Jenna Kirsty Leanne Louise Lucy Naomi Paige Rosie Tracy Wendy Yvonne Zoe Gillian Hazel Hilary Sheila Sylvia Valerie
    Siobhan Siobhán Aoife Niamh Ciara Saoirse Roisin Róisín Caoimhe Orla Aisling Sinead Sinéad Maeve Deirdre Grainne Eamon Éamon
    Cormac Declan Fergus Fionn Cillian Oisin Oisín Padraig Pádraig Ronan Seamus Séamus Tadhg Brendan Conor Darragh Eoin Kieran Niall Ruairi`,
  de: `Lukas Leon Finn Paul Jonas Felix Maximilian Moritz Tim Jan Tobias Sebastian Florian Stefan Andreas Markus Matthias Wolfgang
    Klaus Jürgen Juergen Günter Guenter Günther Dieter Horst Uwe Bernd Rainer Heinz Helmut Gerhard Manfred Werner Karl Kurt Hans
    Walter Herbert Rolf Ralf Rüdiger Ulrich Volker Holger Torsten Thorsten Dirk Jens Sven Olaf Axel Lars Nils Niklas Philipp
    Fabian Dominik Benedikt Johannes Jakob Anton Emil Friedrich Fritz Georg Gustav Heinrich Hermann Hubert Joachim Josef Konrad
    Kaspar Lorenz Ludwig Norbert Otto Reinhard Robert Roland Rudolf Siegfried Theodor Thilo Till Timo Viktor Wilhelm Winfried
    Franz Ernst Egon Eberhard Elias Ben Luis Henry Noah Linus Anja Anke Annette Antje Astrid Bärbel Barbara Beate Birgit Brigitte
    Britta Christa Christiane Claudia Cornelia Dagmar Doris Edith Elfriede Elke Erika Eva Franziska Frieda Gabriele Gerda Gertrud
    Gisela Greta Gudrun Hannelore Hedwig Heidi Heike Helga Hildegard Ilse Inge Ingeborg Ingrid Irmgard Jana Johanna Jutta Karin
    Katharina Kathrin Katja Katrin Kerstin Kirsten Lena Leonie Lieselotte Lina Luise Magdalena Maike Manuela Margarete Marianne
    Marlene Martina Mathilda Meike Melanie Monika Nadine Nina Petra Renate Rita Rosemarie Roswitha Sabine Sabrina Silke Simone
    Sonja Stefanie Steffi Susanne Svenja Tanja Ursula Uta Ute Verena Waltraud Wiebke Hanna Mila Lia Clara Klara Ida Frida Pia
    Annika Carina Bettina Angelika Anneliese`,
  fr: `Jean Pierre Michel André Philippe Alain Jacques Bernard Daniel Marcel René Claude François Christophe Nicolas Julien Thierry
    Laurent Stéphane Olivier Pascal Frédéric Sébastien Guillaume Antoine Mathieu Matthieu Maxime Alexandre Romain Vincent Thomas
    Benoît Benoit Bruno Cédric Clément Cyril Damien Denis Didier Dominique Emmanuel Étienne Etienne Fabien Fabrice Florent Franck
    Gérard Gilles Grégory Guy Henri Hervé Hugo Jérémy Jérôme Joël Kévin Louis Loïc Luc Lucas Ludovic Marc Mickaël Nathan Noël
    Patrice Quentin Raphaël Raymond Rémi Rémy Robert Roger Serge Sylvain Tanguy Théo Tristan Valentin Xavier Yann Yannick Yves
    Gaël Gaspard Léo Enzo Jules Arthur Marie Nathalie Isabelle Sylvie Catherine Françoise Monique Martine Jacqueline Anne
    Valérie Christine Sandrine Véronique Céline Nicole Sophie Stéphanie Aurélie Julie Camille Émilie Emilie Élodie Elodie Laetitia
    Laëtitia Virginie Caroline Audrey Pauline Charlotte Manon Chloé Léa Inès Jade Louise Zoé Zoë Zoe Lola Juliette Clémence
    Mathilde Margaux Marion Amandine Anaïs Agathe Agnès Alice Aline Amélie Annick Béatrice Bénédicte Brigitte Cécile Chantal
    Claire Claudine Colette Corinne Danielle Delphine Denise Dominique Éliane Élise Estelle Eugénie Fabienne Fanny Florence
    Geneviève Gisèle Hélène Henriette Jeanne Jeannine Joëlle Josiane Karine Laure Laurence Liliane Lucie Madeleine Magali
    Maryse Mireille Muriel Nadège Noémie Odile Océane Pascale Patricia Paulette Perrine Romane Roseline Sabrina Ségolène Séverine
    Simone Solène Solange Suzanne Sylviane Thérèse Valentine Viviane Yvette Yvonne Margot Mylène`,
  es: `Antonio Manuel José Francisco David Juan Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando
    Jorge Luis Alberto Álvaro Alvaro Adrián Diego Raúl Iván Rubén Enrique Óscar Ramón Vicente Andrés Joaquín Santiago Eduardo
    Víctor Mario Roberto Jaime Ignacio Marcos Alfonso Salvador Hugo Emilio Julián Guillermo Gabriel Tomás Agustín Gonzalo Nicolás
    Martín Mateo Lucas Izan Bruno Samuel Rodrigo Esteban Felipe Gustavo Hernán Horacio Leonardo Lorenzo Mauricio Octavio Ricardo
    Rogelio Rolando Xavier Xabier Iker Unai Asier Jordi Pau Arnau Oriol Maria María Carmen Ana Isabel Laura Cristina Marta Dolores
    Lucía Pilar Elena Sara Paula Mercedes Raquel Rosario Beatriz Teresa Juana Nuria Silvia Julia Patricia Irene Montserrat Andrea
    Rocío Mónica Alba Ángela Sonia Alicia Sandra Susana Marina Yolanda Natalia Margarita Eva Inmaculada Claudia Esther Noelia
    Verónica Carolina Ángeles Nerea Daniela Lorena Inés Miriam Concepción Consuelo Encarnación Esperanza Fátima Gloria Guadalupe
    Josefa Lourdes Manuela Matilde Milagros Noemí Olga Paloma Remedios Rosa Sofía Valeria Valentina Ximena Jimena Camila Catalina
    Gabriela Martina Adriana Leire Ainhoa Amaia Itziar Maite Montse Mireia Laia Núria Aina`,
  it: `Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Domenico Bruno Paolo Michele
    Giorgio Aldo Sergio Luciano Andrea Marco Alessandro Luca Matteo Stefano Roberto Davide Fabio Simone Lorenzo Federico Riccardo
    Gabriele Tommaso Leonardo Edoardo Mattia Filippo Giacomo Nicola Nicolò Alberto Claudio Daniele Dario Diego Emanuele Enrico
    Ettore Fabrizio Flavio Gianluca Gianni Gino Giulio Jacopo Lucio Massimo Maurizio Mauro Mirko Raffaele Renato Renzo Rocco
    Sandro Silvio Tiziano Ugo Umberto Valerio Vittorio Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina
    Francesca Antonietta Carla Elena Concetta Rita Margherita Franca Paola Giulia Chiara Sara Martina Valentina Alessia Silvia
    Elisa Federica Laura Alice Giorgia Aurora Sofia Ginevra Beatrice Greta Gaia Camilla Arianna Bianca Antonella Barbara Claudia
    Cristina Daniela Donatella Elisabetta Emanuela Eleonora Fabiana Gabriella Giada Ilaria Irene Letizia Loredana Lorena Luisa
    Manuela Mara Marina Marta Michela Mirella Monica Nadia Noemi Ornella Patrizia Raffaella Roberta Rossella Sabrina Serena Simona
    Sonia Stefania Tiziana Valeria Vanessa Veronica Vittoria Viviana`,
  nl: `Jan Johannes Cornelis Willem Hendrik Pieter Gerrit Dirk Jacob Jeroen Maarten Martijn Bas Bart Sander Joost Daan Sem Lucas Levi
    Finn Milan Bram Thijs Mees Luuk Ruben Stijn Tijn Teun Koen Kees Piet Henk Wim Hans Frans Joris Jasper Niels Rens Rik Rob Ron
    Ruud Sjoerd Stefan Thijmen Wouter Arjan Arjen Erik Freek Gijs Guus Jelle Jurriaan Lars Marijn Matthijs Menno Mark Michiel Pim
    Reinier Roel Tjeerd Tom Tim Wilco Anna Johanna Cornelia Elisabeth Emma Julia Sanne Lotte Fleur Femke Maaike Marieke Anouk Eline
    Esmee Floor Iris Isa Jasmijn Lieke Lisa Lynn Maud Merel Nienke Noor Roos Saar Sofie Tess Willemijn Anneke Annemarie Hanneke
    Ingrid Janneke Jolanda Karin Loes Margriet Marja Marjan Mirjam Monique Petra Ria Saskia Trudy Wilma Yvonne Ilse Inge Ineke
    Carolien Evelien Griet Katrien Lien Liesbeth Veerle Joke Greetje Geert Luc Jef Dries Wout Pieterjan Sien Elke An Els`,
  pl: `Jan Stanisław Andrzej Józef Tadeusz Jerzy Zbigniew Krzysztof Henryk Ryszard Kazimierz Marek Marian Piotr Janusz Władysław Adam
    Wiesław Zdzisław Edward Mieczysław Roman Mirosław Grzegorz Czesław Dariusz Wojciech Jacek Eugeniusz Tomasz Stefan Zygmunt Leszek
    Bogdan Antoni Paweł Franciszek Sławomir Waldemar Jarosław Robert Mariusz Włodzimierz Michał Zenon Bogusław Witold Aleksander
    Bronisław Wacław Bolesław Ireneusz Maciej Artur Edmund Marcin Lech Karol Rafał Arkadiusz Łukasz Kamil Bartosz Bartłomiej Damian
    Mateusz Jakub Filip Szymon Dawid Kacper Wiktor Igor Hubert Dominik Sebastian Patryk Konrad Oskar Radosław Przemysław Kuba
    Maria Krystyna Anna Barbara Teresa Elżbieta Janina Zofia Jadwiga Danuta Halina Irena Ewa Małgorzata Helena Grażyna Bożena
    Stanisława Jolanta Marianna Urszula Wanda Alicja Dorota Agnieszka Beata Katarzyna Joanna Wiesława Renata Iwona Genowefa
    Kazimiera Stefania Hanna Lucyna Józefa Alina Mirosława Aleksandra Władysława Henryka Czesława Lidia Regina Monika Magdalena
    Bogumiła Marzena Leokadia Zdzisława Aniela Bronisława Izabela Sylwia Marta Karolina Natalia Weronika Paulina Justyna Aneta
    Emilia Julia Maja Zuzanna Oliwia Lena Amelia Gabriela Kinga Klaudia Dominika Patrycja Kamila Edyta Wioletta Żaneta`,
  pt: `João Joao Maria António Antônio Manuel José Francisco Pedro Paulo Carlos Luís Luiz Miguel Rui Nuno Tiago Thiago André Bruno
    Ricardo Diogo Gonçalo Duarte Afonso Rodrigo Tomás Martim Santiago Vasco Hugo Jorge Fernando Alexandre Filipe Felipe Fábio
    Marcos Marcelo Rafael Gabriel Lucas Matheus Guilherme Gustavo Leonardo Eduardo Henrique Vinícius Caio Davi Arthur Heitor Enzo
    Joaquim Álvaro Armando Américo Domingos Edson Emanuel Flávio Hélder Hélio Ivo Jaime Júlio Leandro Márcio Mário Otávio Renato
    Roberto Rogério Sérgio Valter Wagner Ana Mariana Beatriz Inês Leonor Matilde Carolina Margarida Francisca Joana Catarina
    Rita Sofia Marta Sara Diana Helena Teresa Isabel Cristina Fernanda Juliana Camila Larissa Letícia Bruna Amanda Aline Adriana
    Patrícia Vanessa Luciana Renata Raquel Tatiana Cláudia Sandra Paula Filipa Graça Conceição Fátima Lurdes Luísa Lúcia Marisa
    Mónica Mônica Natália Olívia Raimunda Rosana Sílvia Simone Sónia Sônia Susana Tânia Vera Verónica Viviane Yara Yasmin`,
  nordic: `Lars Erik Anders Johan Per Nils Jan Lennart Karl Hans Göran Bengt Bo Sven Åke Gunnar Leif Olof Olle Magnus Mikael Fredrik Peter
    Thomas Daniel Andreas Stefan Henrik Mattias Marcus Jonas Oskar Viktor Gustav Gustaf Axel Elias Hugo Liam Emil Filip Rasmus
    Ludvig Albin Kjell Björn Bjørn Ulf Torbjörn Tomas Rolf Håkan Ingvar Örjan Pontus Jesper Kasper Søren Sören Niels Jens Mads
    Morten Rasmus Christian Mikkel Frederik Kasper Jeppe Kristian Kristoffer Lasse Ole Poul Preben Steen Svend Thorbjørn Torben
    Troels Uffe Asger Aksel Bent Bjarne Carsten Claus Flemming Finn Gorm Ivar Ivan Jakob Jørgen Kurt Arne Odd Olav Ola Sverre Tor
    Terje Trond Øyvind Oyvind Geir Harald Håvard Inge Kåre Knut Magne Oddvar Pål Petter Roar Roger Rune Sigurd Sindre Stein Steinar
    Stian Svein Tore Vegard Vidar Åge Espen Eirik Even Anna Eva Maria Karin Kristina Lena Kerstin Marie Ingrid Birgitta Inger Ulla
    Monica Elin Emma Sara Johanna Malin Sofia Linnea Linnéa Elsa Alva Astrid Freja Saga Wilma Maja Ebba Agnes Ida Hanna Frida
    Amanda Moa Tuva Tove Gunilla Annika Susanne Åsa Carina Camilla Pernilla Ulrika Cecilia Helena Barbro Gun Siv Britt Gerd Mette
    Lene Hanne Kirsten Anne Bente Susanne Charlotte Pia Dorthe Gitte Helle Jette Karen Lis Lone Rikke Signe Sofie Trine Ulla Vibeke
    Birthe Bodil Grethe Inge Jytte Kari Liv Randi Ragnhild Solveig Silje Marit Marte Mari Hege Hilde Ingunn Turid Tone Unni Wenche
    Aase Synnøve Nora Thea Guðrún Gudrun Sigríður Kristín Anna Jón Sigurður Guðmundur Gunnar Ólafur Einar Magnús Stefán Þór Helga
    Juhani Johannes Antero Olavi Tapani Mikael Tapio Kalevi Matti Juha Timo Jari Kari Mikko Antti Jukka Pekka Hannu Heikki Markku Jussi
    Ville Janne Sami Petri Marko Tero Jyrki Esa Eero Aki Arto Ilkka Kimmo Lauri Niko Olli Pasi Pentti Reijo Risto Seppo Tuomas Veikko
    Väinö Onni Eino Aino Aarne Anneli Helena Johanna Kaarina Liisa Annikki Hannele Eeva Sofia Päivi Tuula Ritva Leena Pirjo Tiina Minna Anne
    Sari Satu Kirsi Sanna Heidi Hanna Laura Jenni Katja Riikka Outi Merja Marja Kaisa Elina Emilia Venla Helmi Aada Siiri Inkeri`,
  central: `Jiří Jan Petr Josef Pavel Martin Tomáš Jaroslav Miroslav Zdeněk Václav Michal František Jakub Milan Karel Lukáš David Vladimír
    Ladislav Ondřej Roman Stanislav Marek Radek Daniel Antonín Vojtěch Filip Adam Miloslav Aleš Bohumil Bohuslav Dušan Kamil Libor Luboš
    Matěj Oldřich Patrik Richard Rostislav Štěpán Vlastimil Vít Zbyněk Jana Marie Eva Hana Anna Lenka Kateřina Věra Lucie Alena
    Petra Jaroslava Ludmila Helena Martina Jitka Veronika Jarmila Michaela Ivana Jiřina Zdeňka Monika Tereza Eliška Markéta Barbora
    Adéla Alžběta Blanka Božena Dagmar Dana Drahomíra Gabriela Irena Iveta Karolína Klára Kristýna Květa Magdaléna Marcela Miroslava
    Natálie Nikola Olga Pavla Renata Romana Šárka Simona Soňa Vlasta Zuzana Žaneta Peter Ján Jozef Štefan Juraj Ľubomír Ľuboš Igor Rastislav
    Marián Matúš Samuel Tibor Mária Katarína Viera Ľudmila Jolana Slavomíra Zdenka Janka László István József János Zoltán Sándor Ferenc
    Gábor Attila Péter Tamás Tibor András Gyula Balázs Bálint Bence Máté Levente Ádám Dániel Márton Miklós Mihály Imre Lajos Krisztián
    Norbert Róbert Csaba Géza Béla Dezső Ernő Kálmán Zsolt Szabolcs Ákos Mária Erzsébet Katalin Ilona Éva Anna Zsuzsanna Margit Judit Ágnes
    Julianna Andrea Ildikó Erika Krisztina Irén Eszter Anikó Piroska Réka Zsófia Hanna Lili Nóra Tünde Tímea Viktória Edit Emese Enikő
    Boglárka Dóra Csilla Beáta Marko Ivan Josip Ante Stjepan Tomislav Željko Zeljko Mario Ivica Nikola Luka Matej Filip Petar Goran Zoran
    Dragan Milan Nenad Vladimir Aleksandar Stefan Miloš Nemanja Bojan Dejan Darko Igor Slobodan Branko Jovan Milica Jelena Marija Ana
    Ivana Katarina Dragana Snežana Vesna Gordana Ljiljana Nataša Tanja Maja Sanja Petra Lucija Mia Nevenka Mirjana Zdravko Jože Janez
    Andrej Matjaž Tomaž Primož Aleš Gregor Rok Žiga Jernej Urška Špela Nejc Mojca Polona Tjaša Anže`,
  balkan: `Andrei Ion Gheorghe Vasile Nicolae Alexandru Constantin Mihai Florin Marian Cristian Daniel Adrian Bogdan Ștefan Stefan Ionuț Radu
    Răzvan Vlad Sorin Cătălin Dumitru Dragoș Gabriel George Lucian Marius Ovidiu Petru Tudor Victor Viorel Maria Elena Ioana Mihaela
    Andreea Cristina Alexandra Daniela Gabriela Alina Simona Raluca Roxana Monica Florentina Georgiana Adriana Anca Bianca Camelia
    Carmen Claudia Corina Denisa Diana Doina Gina Laura Lavinia Loredana Lucia Luminița Magdalena Mirela Nicoleta Oana Otilia Paula
    Ramona Rodica Ruxandra Valentina Viorica Giorgos Γιώργος Γεώργιος Giannis Γιάννης Ιωάννης Dimitris Δημήτρης Δημήτριος Kostas Κώστας
    Κωνσταντίνος Nikos Νίκος Νικόλαος Panagiotis Παναγιώτης Vasilis Βασίλης Christos Χρήστος Αθανάσιος Ευάγγελος Μιχάλης Σπύρος Ιωάννα Μαρία
    Ελένη Αικατερίνη Κατερίνα Βασιλική Σοφία Αγγελική Γεωργία Ευαγγελία Δήμητρα Eleni Aikaterini Katerina Vasiliki Georgios Ioannis Konstantinos
    Dimitrios Nikolaos Athanasios Evangelos Spyros Theodoros Stavros Apostolos Ioanna Despina Angeliki Dimitra Evangelia Paraskevi Anastasia
    Georgi Ivan Dimitar Nikolay Petar Hristo Todor Stoyan Vasil Aleksandar Boyan Borislav Plamen Krasimir Kiril Ventsislav Mariya Ivanka
    Elena Yordanka Penka Rositsa Desislava Gergana Radka Tsvetanka Георги Иван Димитър Николай Петър Христо Мария Елена Десислава Tereza
    Besnik Arben Agim Ilir Dritan Edon Fatmir Vjosa Drita Shpresa Mirela Teuta`,
  baltic: `Andres Jaan Toomas Margus Rein Urmas Tiit Priit Kristjan Tanel Rasmus Aleksandr Tiina Anne Katrin Kristiina Piret Kadri Liis Maris
    Triin Jānis Andris Juris Edgars Māris Aivars Mārtiņš Aleksandrs Kristaps Raivis Artūrs Anna Kristīne Inese Ilze Inga Līga Dace
    Iveta Anita Sandra Zane Jonas Vytautas Antanas Juozas Tomas Mindaugas Darius Andrius Mantas Lukas Saulius Gintaras Algirdas Kęstutis
    Ona Janina Irena Danutė Birutė Rasa Daiva Vida Jūratė Rūta Eglė Gintarė Ieva Ugnė Austėja`,
  eastern: `Aleksandr Alexandr Sergei Sergey Dmitry Dmitri Dmitriy Andrey Andrei Alexey Aleksei Maxim Maksim Evgeny Ivan Mikhail Artyom Vladimir
    Nikolai Nikita Igor Oleg Pavel Roman Yuri Yury Viktor Anatoly Boris Denis Kirill Ilya Konstantin Vasily Vadim Stanislav Timur
    Ruslan Anton Arkady Gennady Grigory Leonid Valery Vyacheslav Vitaly Anastasia Anna Maria Elena Olga Natalia Natalya Ekaterina Tatiana
    Tatyana Irina Svetlana Yulia Julia Marina Ksenia Daria Darya Lyudmila Galina Nadezhda Vera Valentina Larisa Oksana Alla Polina
    Alina Alyona Yelena Yevgenia Zhanna Zinaida Raisa Nina Lyubov Elizaveta Veronika Olena Oleksandr Serhiy Andriy Volodymyr Mykola Vasyl
    Mykhailo Dmytro Bohdan Taras Yaroslav Iryna Kateryna Oleksandra Yuliia Nataliya Khrystyna Solomiya Александр Сергей Дмитрий Андрей Алексей
    Максим Евгений Иван Михаил Владимир Николай Игорь Олег Павел Роман Юрий Анастасия Анна Мария Елена Ольга Наталья Екатерина Татьяна
    Ирина Светлана Юлия Олена Олександр Сергій Андрій Тарас Ірина Наталія`,
  turkic: `Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Ibrahim Osman Yusuf Murat Ömer Ramazan Halil Süleyman Abdullah Mahmut Recep Salih
    Fatih Kadir Emre Burak Hakan Serkan Volkan Cem Can Kerem Onur Okan Tolga Umut Ufuk Yasin Barış Eren Kaan Selim Fatma Ayşe Ayse Emine
    Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Özlem Büşra Kübra Gülsüm Hacer Melek Derya Sevgi Gamze
    Ebru Yasemin Hülya Pınar Selin Dilek Songül Aylin Defne Nazlı Ceren Tuğba Azize Aigul Nursultan Aliya Timur Farid Rustam`,
  arabic: `Mohammed Mohamed Muhammad Mohammad Ahmed Ahmad Mahmoud Mahmud Ali Omar Umar Hassan Hussein Husain Ibrahim Khalid Khaled Youssef Yousef
    Yusuf Abdullah Abdul Abdulrahman Abdelkader Abdel Karim Kareem Tariq Tarek Samir Nasser Faisal Bilal Hamza Hamid Ismail Jamal Kamal
    Mustafa Mourad Nabil Omar Rachid Rashid Said Saeed Salim Salem Sami Walid Yasser Ziad Zaid Anwar Ayman Bashir Farouk Fadi Ghassan
    Hisham Imad Majid Marwan Munir Osama Qasim Rami Riyad Talal Wael Fatima Fatma Aisha Aicha Khadija Mariam Maryam Amina Zainab Zaynab
    Layla Leila Nour Noor Hana Huda Salma Samira Yasmin Yasmine Rania Rana Lina Dina Farah Hanan Hiba Iman Jamila Karima Latifa Lubna
    Malika Mona Nadia Naima Najat Nawal Rabia Rahma Ruqayya Sabah Safiya Sana Sanaa Shaima Souad Sumaya Wafa Zahra Zineb Reza Ali Mehdi
    Hossein Amir Farhad Hamid Javad Kaveh Saeid Shahram Parisa Maryam Nasrin Shirin Zahra محمد أحمد علي فاطمة مريم عائشة خالد عمر`,
  african: `Kwame Kofi Kwasi Kojo Yaw Ama Akua Abena Akosua Efua Adjoa Chinedu Chukwuemeka Emeka Ifeanyi Obinna Uche Ngozi Chioma Amaka Adaeze
    Oluwaseun Oluwatobi Babatunde Adebayo Ayodele Femi Folake Funmilayo Segun Tunde Yetunde Sani Aminu Musa Sadiq Halima Hauwa Zainab Aisha
    Thabo Sipho Themba Nomsa Lerato Thandi Thandiwe Zanele Mandla Bongani Kagiso Tendai Tatenda Farai Chipo Rudo Juma Wanjiku Kamau Njoroge
    Otieno Achieng Wambui Mwangi Kipchoge Jomo Amara Fatou Mamadou Ousmane Moussa Ibrahima Abdoulaye Aminata Awa Mariama Seydou Cheikh Desta
    Tesfaye Haile Abebe Bekele Tigist Selam Almaz`,
  indian: `Aarav Arjun Vivaan Aditya Rahul Rohit Amit Sanjay Rajesh Suresh Ramesh Vijay Anil Sunil Ashok Manoj Rakesh Deepak Sandeep Vikram Ajay
    Arun Karthik Krishna Gopal Hari Ganesh Mahesh Mukesh Naveen Nikhil Pradeep Prakash Praveen Rajiv Ravi Sachin Satish Shankar Siddharth
    Srinivas Venkat Vinod Vishal Yash Abhishek Akash Anand Ankit Gaurav Harsh Imran Ishaan Kunal Mohit Nitin Pankaj Raj Ritesh Rohan Sameer
    Saurabh Shyam Sumit Tarun Varun Vivek Priya Pooja Puja Neha Anjali Kavita Sunita Anita Rekha Meena Lakshmi Lata Geeta Sita Radha Shanti
    Aishwarya Deepika Divya Isha Jyoti Kiran Komal Madhu Manisha Meera Nisha Pallavi Preeti Rani Ritu Sangeeta Shalini Shreya Smita Sneha
    Sonal Swati Tanvi Uma Usha Vandana Vidya Ananya Diya Saanvi Aadhya Harpreet Gurpreet Manpreet Jaspreet Simran Fatima Zoya Nasreen`,
  asian: `Wei Fang Jing Li Min Jun Lei Hui Yan Yang Yong Tao Ming Hong Xin Xia Ping Gang Jian Qiang Chao Bin Bo Hao Yi Yu Ying Mei Na Xiu Lan
    Juan Ting Jie Peng Fei Kai Zhen Haruto Yuto Sota Yuki Hayato Haruki Ryusei Koki Sora Takumi Kenta Daiki Kaito Riku Hiroshi Takashi
    Kenji Akira Satoshi Makoto Kazuya Naoki Tetsuya Yuichi Shinji Masahiro Hideo Yoko Keiko Akiko Yumi Sakura Yui Aoi Hina Rin Misaki
    Haruka Nanami Mayumi Tomoko Naoko Emi Kumiko Yoshiko Michiko Hanako Ji Min Jisoo Minjun Seojun Hyun Jihoon Junho Sungmin Donghyun Seoyeon
    Minji Eunji Soyeon Hyejin Jiyoung Yuna Hana Nguyen Anh Linh Huong Thao Trang Minh Tuan Hung Dung Hoang Long Nam Quang Duc Hai Lan Mai
    Phuong Somchai Somsak Niran Ananda Siriporn Malee Kanya Budi Agus Slamet Siti Dewi Sri Putri Wayan Made Nyoman Ketut Joko Eko Ahmad
    Rizky Dian Ratna Nur Aisyah Jose Maricel Jomar Rowena Arvin Danilo Rodel`,
  other: `Itzhak Moshe Yosef Avraham Yaakov Shlomo Eitan Noam Ariel Uri Yael Tamar Noa Shira Michal Rivka Leah Miriam Batya Hadas Efrat Gal
    Levan Giorgi Nino Tamar Nana Davit Irakli Armen Aram Hovhannes Tigran Anahit Gayane Lusine Ani Siranush Keanu Leilani Mele Tane Aroha Wiremu
    Hemi Rangi Moana Kai Manaia Tama Ngaire`,
  world: `Aiden Aidan Aleksi Allison Alyssa Amos Ana Angelina Annabel Annie Antoinette April Ariana Arlene Armando Arnold Arturo Audra Avery
    Bailey Becky Bella Belinda Bernadette Bernice Bert Bertha Bessie Beulah Blake Blanca Bob Bonnie Brad Bradford Brady Brandi Brandy
    Brenna Brent Brett Bridget Brittney Brock Brody Brooke Bryant Bryce Byron Caitlin Caleb Calvin Cameron Candace Candice Carey Carla
    Carlene Carlton Carmella Carole Carolina Carrie Carson Carter Casey Cassandra Cassidy Cathy Cecil Cecelia Celeste Celia Chad Charlene
    Chelsea Cherie Chester Christa Christi Christie Christy Chuck Cindy Clara Clarence Clark Claude Clayton Clifford Clifton Clint Clinton
    Clyde Cody Cole Colleen Connie Constance Cora Corey Cory Courtney Craig Curtis Cynthia Dakota Dallas Damon Dan Dana Danny Darla
    Darlene Darrell Darren Darryl Darwin Dave Dawn Deanna Debbie Delores Derrick Desmond Desiree Devin Devon Dexter Diego Dixie Don Donnie
    Dora Doreen Doug Duane Dustin Dwayne Dwight Earl Ebony Ed Eddie Edgar Edith Edna Edwin Eileen Elaine Eli Ella Ellen Elliot Elliott
    Eloise Elsa Elsie Elmer Elvira Emmett Ericka Erica Erin Ernest Ernestine Ervin Estelle Ethel Eugene Eunice Eva Evan Evangeline Faye
    Felecia Felicia Fernanda Flora Forrest Fran Francine Frankie Franklin Fred Freddy Frederick Gail Garrett Gavin Gayle Gene Geneva
    Genevieve Gerard Geraldine Gilbert Ginger Gladys Glen Glenda Glenn Goldie Gretchen Guadalupe Gwen Gwendolyn Hailey Harley Harriett
    Harrison Harvey Hazel Hector Heidi Henrietta Herman Hope Hubert Ida Imelda Ingrid Ira Irene Irma Irvin Isaac Isabel Isaiah Israel
    Jackie Jackson Jacquelyn Jake Jamie Jan Jana Jane Janelle Janette Janie Janine Jared Jasmin Jasmine Jay Jaylee Jayne Jeanette Jeanne
    Jeannie Jeff Jenna Jennie Jenny Jeremiah Jeri Jermaine Jerome Jill Jim Jimmie Jimmy Jo Joann Joanna Joanne Jodi Jodie Jody Joel Joey
    Johanna Johnnie Johnny Jon Jorge Josefina Josephine Josh Joy Joyce Juanita Judy Julian Juliana Julianne Julie June Justine Kara Karl
    Karla Kate Katelyn Katherine Kathie Kathrine Kathy Katie Katrina Kay Kaylee Keisha Kelley Kellie Kelli Kelsey Ken Kendra Kenny Kerri
    Kerry Kim Kimberley Kirk Kirsten Krista Kristen Kristi Kristie Kristin Kristina Kristine Kristy Krystal Kurt Kyra Lana Lance Landon
    Latoya Laurie Laverne Leah Leigh Lela Lena Leo Leon Leona Leroy Leslie Lester Lewis Lila Lillian Lillie Linda Lindsay Lindsey Lionel
    Liz Lloyd Loretta Lorraine Lou Lowell Lucas Lucille Luke Luther Lydia Lyle Lynda Lynn Lynne Mabel Mackenzie Mable Maddox Madeline
    Mae Maggie Mallory Mandy Marcella Marcia Margarita Margie Marguerite Marian Marianne Marilyn Marisol Marjorie Marlene Marsha Marshall
    Marvin Matt Mattie Maureen Maxine Meagan Meghan Mel Melba Melinda Melvin Mercedes Meredith Micah Micheal Mickey Mike Mildred Milton
    Mindy Minnie Miranda Misty Mitchell Mollie Molly Monica Morgan Morris Moses Muriel Myra Myron Myrtle Nadine Naomi Natasha Nathaniel
    Neal Nellie Nelson Nettie Nick Nikki Nina Noel Nora Noreen Norma Olga Ollie Omar Opal Orlando Orville Otis Owen Pam Patrice Patsy
    Patti Patty Paulette Pauline Payton Pearl Peggy Penelope Perry Pete Phil Phillip Phyllis Preston Priscilla Quinn Rachael Rafael Ramona
    Ramiro Randall Randolph Raul Reba Reggie Regina Rene Renee Rex Rhonda Ricardo Rick Rickey Ricky Riley Rita Roberta Robyn Rochelle Rod
    Roderick Rodolfo Roland Rolando Roman Ron Ronnie Roosevelt Rosa Rosalie Rosalind Rosanne Roscoe Rosemary Roxanne Ruben Rudolph Rudy
    Rufus Russ Rusty Sabrina Sadie Sally Salvatore Sam Samantha Sammy Santos Saul Savannah Scarlett Selena Selma Seth Shana Shane Shania
    Shannon Shari Shaun Shauna Shawn Shawna Sheldon Shelia Shelley Shelly Sheri Sherman Sherri Sherrie Sherry Sherwood Sidney Silas Simon
    Skye Spencer Stacey Staci Stacie Stacy Stan Stella Stephan Sterling Steve Stuart Stewart Sue Susie Suzanne Sybil Sylvester Tabitha
    Tamara Tami Tammie Tammy Tanner Tanya Tara Tasha Taylor Ted Terence Teri Terrance Terrell Terrence Terri Tess Tessa Thelma Theresa
    Tiffany Tina Tobias Toby Todd Tom Tommie Tommy Toni Tony Tonya Traci Tracey Travis Trent Trevor Tricia Trisha Troy Tyrone Tyson Ulysses
    Valentine Vanessa Velma Vera Verna Vernon Veronica Vicki Vickie Vicky Vincent Viola Violet Vivian Wade Wallace Wanda Ward Wayne
    Wendell Wesley Whitney Wilbur Wilfred Willard Wilma Winifred Winston Yolanda Zach Zachary Zane Zelda Zoey Alena Zlata Luka Ludmila
    Bára Klára Lucie Adéla Eliška Vratislav Radim Zora Zdenka Vendula Blaž Boštjan Borut Nina Matjaž Katja Barbara Tatjana Irena Anita
    Davor Denis Domagoj Hrvoje Krešimir Mladen Tihomir Vedran Zvonimir Ivona Iva Lana Petra Antonija Nada Marijana Gábor Ferenc Sándor
    Zoltán Imre Kálmán Tivadar Vilmos Bernadett Gabriella Mónika Veronika Orsolya Ómar Björg Sigrún Ragnar Hörður Birgir Hildur Ásta
    Guðný Þórunn Margrét Steinunn Halldór Pétur Karitas Elísabet Brynja Gunnhildur Vilborg Oona Aija Arvo Eerik Eetu Joona Niilo Pirkko
    Raili Tarja Ulpu Vilma Wilhelmiina Milja Nella Zahida Hamza Hakim Idris Nadir Rahim Rafiq Rizwan Shahid Tahir Waqar Zubair Asma
    Bushra Farzana Nazia Rubina Samina Shazia Tahira Akosua Adwoa Nkechi Olumide Temitope Yewande Zodwa Sibusiso Nkosana Lwazi Ayanda
    Nandi Hiro Kazuo Minoru Noboru Shigeru Taro Ichiro Yasuo Fumiko Hiromi Junko Kazuko Kyoko Reiko Sachiko Setsuko Yuko Jiwon Minseo Will Alex Kristopher Robin Agatha Agathe Rakel Aimee Colton Amie Ainsley Alana Aleisha Ashleigh Ayla Blanche Brendon
    Britney Brodie Caden Camryn Carmela Cayden Clare Clementine Colby Coral Dalton Deborah Devin Domenica Dorian Eleni Elias Emilie
    Ezra Fabiola Fay Fern Fiona Finley Flynn Gareth Georgina Giulia Graeme Greta Gus Gwyneth Hanna Harlan Harri Hayden Ian Ibrahim
    Ines Isobel Ivor Jaden Janis Jaqueline Jarrod Jayden Jemima Jethro Joaquin Jocelyn Jolene Kaden Kailey Kaitlyn Kali Kasey Katharine
    Kayleigh Keira Kelvin Kenna Kiera Kitty Kristian Kylie Lacey Laila Lawson Leandro Leanna Lesley Liana Lilian Lucinda Lyndon Magda
    Malachi Marcel Marcela Maren Marisa Marta Matilda Maxwell Merle Millie Minna Murray Nadine Nathalie Nell Neville Nico Nigella
    Nikolas Nikos Noelle Oona Pascal Petra Pippa Raelene Rafe Rebekah Rhiannon Rosalia Rosamund Rosanna Rowan Rupert Sabine Sanjay
    Saoirse Sasha Shelby Sherwin Sienna Sondra Sophia Tabatha Tania Tatum Thea Tia Tilda Tricia Trudi Uma Vaughan Vera Vivien Willa
    Xander Yvette Zara Zena Aleksandra Jouko Jorma Kaija Vidica Rolf Sigrid Torsten Ulrike Wolfram Yngve Csanád Mieszko Tihomila Avtandil`,
}
