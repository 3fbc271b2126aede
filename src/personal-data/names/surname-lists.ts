/*
 * Common family names, by the language that they are most at home in; a name that several have stands once. Written for this
 * project from what people are called. They make a capitalised pair surer; alone they are nobody.
 */

/** Names of a language, separated by blanks. */
export const surnamesByLanguage: Readonly<Record<string, string>> = {
  en: `Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Jackson Martin Lee Thompson White Harris
    Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell Roberts Turner Phillips
    Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard
    Ward Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long
    Patterson Hughes Washington Butler Simmons Foster Bryant Alexander Russell Griffin Hayes Myers Ford Hamilton Graham Sullivan
    Wallace Woods Cole West Jordan Owens Reynolds Fisher Ellis Harrison Gibson McDonald Marshall Murray Freeman Wells Webb Simpson
    Stevens Tucker Porter Hunter Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Burns Gordon Shaw Holmes Rice Robertson Hunt
    Black Daniels Palmer Mills Nichols Grant Knight Ferguson Stone Hawkins Dunn Perkins Hudson Spencer Gardner Stephens Payne Pierce
    Berry Matthews Arnold Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Harper Fox Riley
    Armstrong Carpenter Weaver Greene Lawrence Elliott Chavez Sims Austin Peters Kelley Franklin Lawson Fields Ryan Schmidt Carr
    Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop McCoy Howell Morrison Hansen Garza Harvey Little
    Burton Stanley George Jacobs Reid Kim Fuller Lynch Dean Gilbert Garrett Welch Larson Frazier Burke Hanson Mendoza Moreno Bowman
    Fowler Brewer Hoffman Carlson Silva Pearson Holland Fleming Jensen Vargas Byrd Davidson Hopkins May Terry Herrera Wade Soto Walters
    Neal Caldwell Lowe Jennings Barnett Graves Jimenez Horton Shelton Barrett Obrien Castro Sutton Gregory McKinney Lucas Miles Craig
    Rodriquez Chambers Holt Lambert Fletcher Watts Bates Hale Rhodes Pena Beck Newman Haynes McDaniel Mendez Bush Vaughn Parks Dawson
    Hardy Steele Curry Powers Schultz Barker Guzman Page Munoz Ball Keller Chandler Weber Leonard Walsh Lyons Ramsey Wolfe Schneider
    Mullins Benson Sharp Bowen Daniel Barber Cummings Hines Baldwin Griffith Hubbard Reeves Warner Stevenson Burgess Tate Cross Garner
    Mann Mack Moss Thornton McGee Farmer Delgado Goodwin Rose Potter Hampton Higgins Cobb Maldonado Norton Blake Cohen Strickland Kerr
    Atkinson Barlow Bartlett Bentley Booth Bradshaw Briggs Brookes Clarke Connolly Davies Dickinson Doherty Farrell Fitzgerald Forbes
    Gallagher Gill Hargreaves Hewitt Hodgson Holloway Humphreys Hutchinson Iqbal Jarvis Kaur Khan Kirby Lloyd Mackenzie McCarthy McGrath
    McKenzie McLean McLaughlin McIntyre McMahon Naylor Nicholson Nolan Oconnor O'Brien O'Connor O'Neill O'Sullivan O'Reilly Osborne Parry
    Parsons Patel Pritchard Quinn Rees Riley Rowe Saunders Shah Sheppard Singh Slater Summers Sutherland Swift Thorpe Tyler Wallis Walton
    Whitehead Wilkins Wilkinson Winter Woodward Wyatt Yates Doe Byrne Doyle Kavanagh Keane Keating Maguire Moran Brennan Nugent Flynn`,
  de: `Müller Mueller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Schaefer Koch Bauer Richter Klein Wolf
    Schröder Schroeder Neumann Schwarz Zimmermann Braun Krüger Krueger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann
    Schmid Schulze Maier Köhler Koehler Herrmann König Koenig Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Moeller Weiß Weiss
    Jung Hahn Schubert Vogel Friedrich Keller Günther Guenther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon
    Ludwig Böhm Boehm Winter Kraus Martin Schumacher Krämer Kraemer Vogt Stein Jäger Jaeger Otto Sommer Groß Gross Seidel Heinrich Brandt
    Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Gruber
    Moser Steiner Leitner Hofer Eder Egger Brunner Lehner Haider Ebner Steinbauer Baumgartner Auer Binder Lechner Wallner Aigner Gerber
    Zürcher Bühler Buehler Frei Suter Kunz Hess Ammann Bachmann Kohler Lüthi Zbinden Aebischer Abend Abt Adler Pabst Traugott Eisenhower`,
  fr: `Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent
    Fournier Morel Girard André Lefèvre Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guerin Guérin
    Muller Henry Roussel Nicolas Perrin Morin Mathieu Clement Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen
    Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noel Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun
    Dumas Brunet Schmitt Leroux Colas Fernandez Renard Arnaud Rolland Caron Aubert Giraud Leclerc Vidal Bourgeois Renaud Lemoine Picard
    Gaillard Philippe Leclercq Lacroix Fabre Dupuis Olivier Rodriguez Hubert Bouvier Louis Charles Guillot Riviere Rivière Le Gall
    Guillaume Adam Rey Moulin Gonzalez Berger Lecomte Menard Ménard Fleury Deschamps Carpentier Julien Benoit Paris Maillard Marchal
    Aubry Vasseur Royer Renault Collet Prevost Prévost Poirier Huet Charpentier Hebert Hébert Tremblay Gagnon Côté Bouchard Gauthier Lavoie
    Pelletier Bélanger Lévesque Bergeron Paquette Girard Desjardins Beaulieu Cloutier Thibault Lapointe Therrien Gosselin Gervais Doiron`,
  es: `García Garcia Fernández González Gonzalez Rodríguez López Martínez Sánchez Pérez Gómez Gomez Martín Jiménez Ruiz Hernández Díaz Diaz
    Moreno Álvarez Alvarez Muñoz Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Vazquez Ramos Gil Ramírez Ramirez Serrano Blanco
    Molina Morales Suárez Suarez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Nunez Iglesias Medina Garrido Cortés Castillo Santos
    Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Herrera Márquez León Vidal Cabrera Peña Flores Campos Vega Fuentes Carrasco
    Diez Reyes Caballero Nieto Aguilar Pascual Santana Herrero Montero Lorenzo Hidalgo Giménez Ibáñez Ferrer Durán Santiago Benítez Vargas
    Mora Vicente Arias Carmona Crespo Román Pastor Soto Sáez Velasco Moya Soler Parra Esteban Bravo Gallardo Rojas Rivera Contreras Guzmán
    Espinoza Salazar Ríos Valdez Mejía Acosta Figueroa Luna Juárez Estrada Cervantes Villarreal Rosales Cantu Cantú Ochoa Escobar Zamora
    Ponce Cordero Cazares Ybarra Ibarra Quintana Barrera Trujillo Villanueva Rangel Orozco Cisneros Macías Dávila Tórrez Quiroga Paredes`,
  it: `Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo Lombardi Moretti
    Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola Marchetti
    Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini Messina Sala Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti
    Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani Benedetti Barone Rossetti Caputo Montanari Guerra Palmieri
    Bernardi Martino Fiore Ferretti Bellini Basile Riva Donati Piras Vitali Battaglia Sartori Neri Costantini Milani Pagano Ruggiero Sorrentino
    Orlando Negri Mantovani Toscani Lucchese Lucchesi Trevisan Trevisani Napolitano Calabrese Genovese Siciliano Panicucci Loggia`,
  nl: `Jansen Janssen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Smits Jacobs Kok Verhoeven
    Vermeulen Willems Hoekstra Prins Maas Verbeek Kuipers Postma Kramer Huisman Schouten Veenstra Scholten Timmermans Hofman Driessen Gerritsen
    Wouters Blom Molenaar Groen Koster Peeters Maes Mertens Claes Goossens Wouters Aerts Pauwels Hermans Lambrechts Michiels Martens Lemmens
    Desmet Dubois Declercq Vandenberghe Verstraete Devos Segers Cools Bogaert Stevens Verhaeghe Voet Gijn Esveld Exterkate Leijten`,
  nordic: `Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson
    Jönsson Lindberg Jakobsson Magnusson Olofsson Lindström Lindqvist Lindgren Axelsson Berg Bergström Lundberg Lind Lundgren Lundqvist Mattsson
    Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund Danielsson Håkansson Lundin Björk Bergman Gunnarsson Holm
    Söderberg Wikström Fransson Isaksson Nyström Holmberg Arvidsson Löfgren Söderström Nyberg Blomqvist Hellström Ström Öberg Åberg Sundberg
    Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berge Haugen Hagen Johannessen
    Andreassen Jacobsen Dahl Jørgensen Halvorsen Henriksen Lund Sørensen Jakobsen Moen Gundersen Iversen Strand Solberg Svendsen Eide Knutsen
    Martinsen Paulsen Bakken Kristoffersen Mathisen Lie Amundsen Lauritsen Rasmussen Nielsen Christensen Madsen Kristensen Olesen Thomsen
    Christiansen Poulsen Knudsen Mortensen Møller Petersen Frandsen Holst Jeppesen Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine
    Heikkinen Koskinen Järvinen Lehtonen Lehtinen Saarinen Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen Tuominen
    Rantanen Karjalainen Jokinen Mattila Savolainen Lahtinen Ahonen Paavolainen Virta Koski Jónsdóttir Jónsson Guðmundsdóttir Sigurðardóttir`,
  slavic: `Nowak Kowalski Kowalska Wiśniewski Wiśniewska Wójcik Kowalczyk Kamiński Kamińska Lewandowski Lewandowska Zieliński Zielińska Szymański
    Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski
    Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski
    Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Novák Nováková Svoboda Svobodová Novotný
    Dvořák Dvořáková Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Jelínek Král Růžička Beneš Fiala Sedláček Doležal
    Zeman Kolář Krejčí Navrátil Čermák Urban Vaněk Blažek Kříž Kovář Horváth Kováč Varga Tóth Nagy Szabó Baláž Molnár Lukáč Kovács Horvath
    Kiss Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete Szilágyi Török Fehér Gál Kis Szűcs Kocsis Pintér
    Horvat Kovačević Babić Marić Jurić Novak Kovačić Knežević Vuković Marković Petrović Matić Tomić Kovač Pavlović Božić Blažević Grgić Pavić
    Radić Perić Filipović Šarić Lovrić Vidović Perković Popović Bošnjak Jukić Barišić Jovanović Nikolić Đorđević Stojanović Ilić Stanković
    Milošević Kuznetsov Kuznetsova Ivanov Ivanova Smirnov Smirnova Popov Popova Sokolov Sokolova Lebedev Lebedeva Kozlov Kozlova Novikov Novikova
    Morozov Morozova Petrov Petrova Volkov Volkova Solovyov Vasiliev Vasilieva Zaitsev Pavlov Pavlova Semenov Semenova Golubev Vinogradov Bogdanov
    Fedorov Fedorova Mikhailov Belyaev Tarasov Tarasova Belov Komarov Orlov Kiselev Makarov Makarova Andreev Andreeva Kovalev Kovaleva Ilyin Gusev
    Titov Kuzmin Kudryavtsev Baranov Kulikov Alekseev Stepanov Yakovlev Sorokin Sergeev Romanov Romanova Zakharov Borisov Korolev Gerasimov
    Ponomarev Grigoriev Medvedev Mironov Mironova Shevchenko Kovalenko Bondarenko Tkachenko Kovalchuk Kravchenko Boyko Melnyk Shevchuk Petrenko
    Ivanenko Popescu Ionescu Popa Pop Radu Dumitru Stan Stoica Gheorghe Rusu Munteanu Matei Marin Lazar Moldovan Ciobanu Georgiev Georgieva
    Dimitrov Dimitrova Nikolov Nikolova Todorov Todorova Stoyanov Stoyanova Papadopoulos Papadopoulou Georgiou Dimitriou Nikolaou Ioannou`,
  world: `Silva Santos Oliveira Souza Sousa Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes Soares
    Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira
    Araújo Araujo Pinto Cavalcanti Melo Azevedo Correia Cunha Barros Moura Castro Campos Tavares Monteiro Yılmaz Yilmaz Kaya Demir Çelik Şahin
    Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Hussain Ahmed Khan Ali Malik Sharma Verma
    Gupta Kumar Singh Reddy Nair Menon Iyer Rao Desai Mehta Joshi Agarwal Banerjee Chatterjee Mukherjee Das Bose Sen Ghosh Mishra Pandey Yadav
    Chaudhary Kapoor Malhotra Chopra Bhatt Trivedi Naidu Pillai Krishnan Subramanian Wang Zhang Liu Chen Huang Zhao Zhou Xu Zhu Lin Guo Luo Zheng
    Liang Xie Tang Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Nguyen Tran Pham Huynh Hoang Phan Truong Bui Dang Duong Ngo Kim Park
    Choi Jeong Kang Cho Yoon Jang Lim Shin Kwon Hwang Song Satō Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida
    Yamada Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Ogawa Ishii Okada Hasegawa Fujita
    Goto Kondo Murakami Endo Aoki Sakamoto Saito Fukuda Nishimura Fujii Okamoto Higuchi Yamamura Adeyemi Okafor Okonkwo Eze Obi Ibrahim Mohammed
    Abubakar Bello Musa Mensah Owusu Osei Boateng Asante Appiah Mwangi Kamau Otieno Odhiambo Wanjiru Diallo Traoré Coulibaly Diop Ndiaye Sow Kone
    Nkosi Dlamini Ndlovu Khumalo Mokoena Botha Pretorius Venter Coetzee Naidoo Cohen Levi Levy Mizrahi Peretz Biton Friedman Katz Shapiro Goldberg`,
}
