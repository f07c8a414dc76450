import { months, newestFirst, quarters, reads, refuses, table, type Variant, write, years } from "./kit.js";

const monthly = months("2020-01-01", 30);
const quarterly = quarters("2015-01-01", 24);
const yearly = years("1990-01-01", 30);

/** Names of months as offices of each language write them. */
export const MONTHS: Readonly<Record<string, readonly string[]>> = {
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  "de short": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(" "),
  "de without points": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez".split(" "),
  "de at": "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  "fr short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(" "),
  "fr without accents":
    "JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
  "es short": "Ene Feb Mar Abr May Jun Jul Ago Sep Oct Nov Dic".split(" "),
  it: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(
    " ",
  ),
  "it short": "Gen Feb Mar Apr Mag Giu Lug Ago Set Ott Nov Dic".split(" "),
  nl: "januari februari maart april mei juni juli augustus september oktober november december".split(" "),
  pl: "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split(
    " ",
  ),
  "pl in the genitive":
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split(
      " ",
    ),
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" "),
  "pt short": "jan fev mar abr mai jun jul ago set out nov dez".split(" "),
  sv: "januari februari mars april maj juni juli augusti september oktober november december".split(" "),
  cs: "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec".split(" "),
  hu: "január február március április május június július augusztus szeptember október november december".split(
    " ",
  ),
  fi: "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu".split(
    " ",
  ),
  da: "januar februar marts april maj juni juli august september oktober november december".split(" "),
  tr: "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split(" "),
  ru: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(" "),
  ja: Array.from({ length: 12 }, (_, m) => `${m + 1}月`),
};

const named = (language: string, date: Date) => MONTHS[language]![date.getUTCMonth()]!;

const byName = (join: (month: string, date: Date) => string, what: string): Variant[] =>
  Object.keys(MONTHS)
    .filter((language) => language !== "ja")
    .map((language) =>
      reads(
        `months of ${language}, ${what}`,
        newestFirst(table("Mois;Indice", monthly, (date, v) => `${join(named(language, date), date)};${v}`)),
        "M",
        monthly,
      ),
    );

const yearAndMonth: Variant[] = Object.keys(MONTHS).map((language) =>
  reads(
    `months of ${language} beside a column of years`,
    table("Year;Month;Value", monthly, (date, v) => `${write(date, "%Y")};${named(language, date)};${v}`),
    "M",
    monthly,
  ),
);

const roman = ["I", "II", "III", "IV"];
const q = (date: Date) => Math.floor(date.getUTCMonth() / 3);

const worldBank = (body: string) =>
  `\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2023-10-26",\n\n${body}`;
const yearNames = yearly.map((date) => `"${write(date, "%Y")}"`).join(",");
const cells = (from: number) => yearly.map((_, i) => `"${from + i}"`).join(",");

export const OFFICES: readonly Variant[] = [
  ...byName((month, date) => `${month} ${write(date, "%Y")}`, "before the year"),
  ...byName((month, date) => `${write(date, "%Y")} ${month}`, "after the year"),
  ...byName((month, date) => `${month}-${write(date, "%y")}`, "before two digits"),
  ...byName((month, date) => `${month}/${write(date, "%Y")}`, "with a slash"),
  ...yearAndMonth,
  reads(
    "Eurostat months with M and colons for missing values",
    table("geo,TIME,Value", monthly, (date, v) => `DE,${write(date, "%YM%m")},${v === 15 ? ":" : v}`),
    "M",
    monthly,
    { missing: [5] },
  ),
  reads("Eurostat quarters", table("TIME_PERIOD,OBS_VALUE", quarterly, "%Y-Q%q,#"), "Q", quarterly),
  reads(
    "Eurostat SDMX-CSV with constant columns and flags",
    table(
      "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG",
      monthly,
      (date, v) =>
        `ESTAT:PRC_HICP_MANR(1.0),18/10/23 11:00:00,M,RCH_A,DE,${write(date, "%Y-%m")},${v},${v === 39 ? "p" : ""}`,
    ),
    "M",
    monthly,
  ),
  reads(
    "Eurostat SDMX-CSV of two countries",
    ["DE", "FR"]
      .map((geo, at) =>
        table(
          at === 0 ? "DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE" : "",
          monthly,
          (date, v) => `ESTAT:X(1.0),18/10/23 11:00:00,M,${geo},${write(date, "%Y-%m")},${v + 1000 * at}`,
        ),
      )
      .join(""),
    "M",
    monthly,
    { ids: ["DE", "FR"] },
  ),
  reads(
    "Eurostat table of tabs with months across",
    `freq,unit,geo\\TIME_PERIOD\t${monthly.map((date) => `${write(date, "%Y-%m")} `).join("\t")}\nM,I15,DE\t${monthly
      .map((_, i) => (i === 3 ? ": " : `${10 + i} `))
      .join("\t")}\nM,I15,FR\t${monthly.map((_, i) => (i === 3 ? ": " : `${1010 + i} `)).join("\t")}\n`,
    "M",
    monthly,
    { ids: ["M,I15,DE", "M,I15,FR"], missing: [3] },
  ),
  reads(
    "Eurostat half years",
    table(
      "TIME,Value",
      months("2015-01-01", 16, 6),
      (date, v) => `${write(date, "%Y")}S${date.getUTCMonth() < 6 ? 1 : 2},${v}`,
    ),
    "2Q",
    months("2015-01-01", 16, 6),
  ),
  reads(
    "OECD quarters with many constant columns",
    table(
      '"LOCATION","INDICATOR","SUBJECT","MEASURE","FREQUENCY","TIME","Value","Flag Codes"',
      quarterly,
      '"AUS","GDP","TOT","MLN_USD","Q","%Y-Q%q",#,',
    ),
    "Q",
    quarterly,
  ),
  reads(
    "OECD of two places",
    ["AUS", "AUT"]
      .map((place, at) =>
        table(
          at === 0 ? '"LOCATION","INDICATOR","FREQUENCY","TIME","Value","Flag Codes"' : "",
          quarterly,
          (date, v) => `"${place}","GDP","Q","${write(date, "%Y")}-Q${q(date) + 1}",${v + 1000 * at},`,
        ),
      )
      .join(""),
    "Q",
    quarterly,
    { ids: ["AUS", "AUT"] },
  ),
  reads(
    "World Bank, years across below lines of text",
    worldBank(
      `"Country Name","Country Code","Indicator Name","Indicator Code",${yearNames},\n"Aruba","ABW","Population, total","SP.POP.TOTL",${cells(10)},\n"Norway","NOR","Population, total","SP.POP.TOTL",${cells(1010)},\n`,
    ),
    "Y",
    yearly,
    { ids: ["Aruba", "Norway"], notes: ["preamble-skipped", "wide-table"] },
  ),
  reads(
    "World Bank, one country",
    worldBank(
      `"Country Name","Country Code","Indicator Name","Indicator Code",${yearNames},\n"Norway","NOR","Population, total","SP.POP.TOTL",${cells(10)},\n`,
    ),
    "Y",
    yearly,
    { notes: ["preamble-skipped"] },
  ),
  reads(
    "World Bank DataBank, years in brackets and a footer",
    `Series Name,Series Code,Country Name,Country Code,${yearly.map((date) => write(date, "%Y [YR%Y]")).join(",")}\nGDP,NY.GDP,Norway,NOR,${yearly.map((_, i) => (i === 3 ? ".." : 10 + i)).join(",")}\nGDP,NY.GDP,Sweden,SWE,${yearly.map((_, i) => (i === 3 ? ".." : 1010 + i)).join(",")}\n\n\n\nData from database: World Development Indicators,,,,\nLast Updated: 10/26/2023,,,,\n`,
    "Y",
    yearly,
    { ids: ["Norway", "Sweden"], missing: [3] },
  ),
  reads(
    "BLS, year and period with annual averages",
    table(
      "Series ID,Year,Period,Value",
      monthly,
      (date, v) =>
        `CUUR0000SA0,${write(date, "%Y")},M${write(date, "%m")},${v}${date.getUTCMonth() === 11 ? `\nCUUR0000SA0,${write(date, "%Y")},M13,99.9` : ""}`,
    ),
    "M",
    monthly,
    { notes: ["averages-left-out"] },
  ),
  reads(
    "BLS with a label beside year and period",
    table("Series ID,Year,Period,Label,Value", monthly, "CUUR0000SA0,%Y,M%m,%Y %b,#"),
    "M",
    monthly,
  ),
  reads(
    "BLS, months across below properties, with half years",
    `Consumer Price Index for All Urban Consumers (CPI-U)\nOriginal Data Value\n\nSeries Id:,CUUR0000SA0\nNot Seasonally Adjusted\nArea:,U.S. city average\nYears:,2018 to 2022\n\nYear,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,HALF1,HALF2\n${[2018, 2019, 2020, 2021, 2022].map((year, y) => `${year},${Array.from({ length: 12 }, (_, m) => 10 + 12 * y + m).join(",")},55.5,66.6`).join("\n")}\n`,
    "M",
    months("2018-01-01", 60),
  ),
  reads(
    "BLS, months across with an annual mean",
    `Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Annual\n${[2018, 2019, 2020, 2021, 2022].map((year, y) => `${year},${Array.from({ length: 12 }, (_, m) => 10 + 12 * y + m).join(",")},55.5`).join("\n")}\n`,
    "M",
    months("2018-01-01", 60),
  ),
  reads(
    "FRED with points for missing days",
    table("DATE,DCOILWTICO", monthly, (date, v) => `${write(date, "%Y-%m-%d")},${v === 15 ? "." : v}`),
    "M",
    monthly,
    { missing: [5] },
  ),
  reads(
    "FRED quarters by their first day",
    table("observation_date,GDPC1", quarterly, "%Y-%m-%d,#"),
    "Q",
    quarterly,
  ),
  reads("FRED years by their first day", table("observation_date,RGDP", yearly, "%Y-01-01,#"), "Y", yearly),
  reads(
    "ABS, properties of the same width above the table",
    `,Index Numbers ;  All groups CPI ;  Australia ;\nUnit,Index Numbers\nSeries Type,Original\nData Type,INDEX\nFrequency,Quarter\nCollection Month,3\nSeries Start,Mar-2015\nSeries End,Dec-2020\nNo. Obs,24\nSeries ID,A2325846C\n${table("", quarterly, (date, v) => `${write(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 1)), "%b-%Y")},${v}`)}`,
    "Q",
    quarters("2015-03-01", 24),
  ),
  reads(
    "RBA, properties above days of months",
    `F1.1 INTEREST RATES\nTitle,Cash Rate Target\nDescription,Cash Rate Target; monthly average\nFrequency,Monthly\nType,Original\nUnits,Per cent\n\n\nSource,RBA\nPublication date,02-Nov-2023\nSeries ID,FIRMMCRT\n${table("", monthly, "%d-%b-%Y,#")}`,
    "M",
    monthly,
  ),
  reads(
    "SNB, properties above",
    `"CubeId";"devkum"\n"PublishingDate";"2023-11-01 14:30"\n\n"Date";"D0";"D1";"Value"\n${table("", monthly, '"%Y-%m";"M0";"EUR1";"#"')}`,
    "M",
    monthly,
  ),
  reads(
    "Bundesbank, a head of several rows and flags",
    `;BBK01.WU3140;BBK01.WU3140_FLAGS\n;Geldmarktsätze / EURIBOR Dreimonatsgeld;\nEinheit;% p.a.;\nDimension;Eins;\nStand vom;10.11.2023 10:00:00;\n${table("", monthly, "%Y-%m;#,5;")}`,
    "M",
    monthly,
    { value: (row) => 10.5 + row },
  ),
  reads(
    "Destatis GENESIS with year and month and a footer",
    `Verbraucherpreisindex (inkl. Veränderungsraten): Deutschland,;;\nMonate;;\nVerbraucherpreisindex;;\nDeutschland;;\n;;Verbraucherpreisindex\n;;2020=100\n${table("", monthly, (date, v) => `${write(date, "%Y")};${named("de", date)};${v},5`)}__________;;\n© Statistisches Bundesamt (Destatis), 2023;;\nStand: 10.11.2023 / 10:00:00;;\n`,
    "M",
    monthly,
    { value: (row) => 10.5 + row },
  ),
  reads(
    "INSEE, properties above months newest first",
    `"Libellé";"Indice des prix à la consommation";"Codes"\n"idBank";"001763852";""\n"Dernière mise à jour";"13/10/2023 12:00";""\n"Période";"";""\n${newestFirst(table("", monthly, '"%Y-%m";"#";"A"'), 0)}`,
    "M",
    monthly,
  ),
  reads("INSEE quarters", newestFirst(table('"Période";"PIB"', quarterly, '"%Y-T%q";"#"')), "Q", quarterly),
  reads(
    "INE, months newest first with decimal commas",
    newestFirst(table("Índices\tPeriodo\tTotal", monthly, "Índice\t%YM%m\t#,5")),
    "M",
    monthly,
    { value: (row) => 10.5 + row },
  ),
  reads("INE quarters with T", newestFirst(table("Periodo;Total", quarterly, "%YT%q;#")), "Q", quarterly),
  reads(
    "ISTAT, two columns of the month",
    table(
      '"ITTER107","TIME","Seleziona periodo","Value","Flag Codes"',
      monthly,
      (date, v) =>
        `"IT","${write(date, "%Y-%m")}","${named("it", date).slice(0, 3)}-${write(date, "%Y")}",${v},`,
    ),
    "M",
    monthly,
  ),
  reads(
    "CBS quarters",
    table(
      '"Perioden";"BBP"',
      quarterly,
      (date, v) => `"${write(date, "%Y")} ${q(date) + 1}e kwartaal";"${v}"`,
    ),
    "Q",
    quarterly,
  ),
  reads(
    "CBS months with a star at the provisional ones",
    table(
      '"Perioden";"CPI"',
      monthly,
      (date, v) => `"${write(date, "%Y")} ${named("nl", date)}${v > 35 ? "*" : ""}";"${v}"`,
    ),
    "M",
    monthly,
  ),
  reads("SCB months", table('"månad";"KPI"', monthly, '"%YM%m";#'), "M", monthly),
  reads("SCB quarters with K", table('"kvartal";"BNP"', quarterly, '"%YK%q";#'), "Q", quarterly),
  reads(
    "GUS quarters with Roman numbers",
    table("Okres;PKB", quarterly, (date, v) => `${roman[q(date)]} kw. ${write(date, "%Y")};${v}`),
    "Q",
    quarterly,
  ),
  reads(
    "quarters with Roman numbers after the year",
    table("Period;Value", quarterly, (date, v) => `${write(date, "%Y")} ${roman[q(date)]};${v}`),
    "Q",
    quarterly,
  ),
  reads(
    "ČSÚ quarters",
    table("Období;HDP", quarterly, (date, v) => `${q(date) + 1}. čtvrtletí ${write(date, "%Y")};${v}`),
    "Q",
    quarterly,
  ),
  reads(
    "ISTAT quarters",
    table("Periodo;PIL", quarterly, (date, v) => `${q(date) + 1}° trimestre ${write(date, "%Y")};${v}`),
    "Q",
    quarterly,
  ),
  reads(
    "INE Portugal quarters",
    table("Período;PIB", quarterly, (date, v) => `${q(date) + 1}º Trimestre de ${write(date, "%Y")};${v}`),
    "Q",
    quarterly,
  ),
  reads(
    "INSEE quarters in words",
    table(
      "Période;PIB",
      quarterly,
      (date, v) => `${q(date) + 1}${q(date) === 0 ? "er" : "e"} trimestre ${write(date, "%Y")};${v}`,
    ),
    "Q",
    quarterly,
  ),
  reads("e-Stat months", table("時間軸（月次）,値", monthly, "%Y年%-m月,#"), "M", monthly),
  reads(
    "e-Stat months newest first with thousands",
    newestFirst(table("時点,総数", monthly, '%Y年%-m月,"#,000"')),
    "M",
    monthly,
    { value: (row) => 1000 * (10 + row) },
  ),
  refuses(
    "years of Japanese eras",
    table(
      "年月,値",
      months("2019-05-01", 20),
      (date, v) => `令和${date.getUTCFullYear() - 2018}年${date.getUTCMonth() + 1}月,${v}`,
    ),
    "bad-time",
    /--time none/,
  ),
  reads(
    "Bank of Japan",
    table("Series code,FM01\nName of time-series,Call Rate\n", monthly, "%Y/%m,#"),
    "M",
    monthly,
  ),
  reads(
    "IBGE, months across",
    `;${monthly.map((date) => `"${named("pt", date)} ${write(date, "%Y")}"`).join(";")}\n"IPCA";${monthly.map((_, i) => `${10 + i},5`).join(";")}\n`,
    "M",
    monthly,
    { value: (row) => 10.5 + row },
  ),
  reads(
    "IMF, months across",
    `Country,Indicator,${monthly.map((date) => write(date, "%YM%-m")).join(",")}\nGermany,CPI,${monthly.map((_, i) => 10 + i).join(",")}\nFrance,CPI,${monthly.map((_, i) => 1010 + i).join(",")}\n`,
    "M",
    monthly,
    { ids: ["Germany", "France"] },
  ),
  reads(
    "ONS, years, quarters and months below one another",
    `"Title","CPI ANNUAL RATE"\n"CDID","D7G7"\n"Unit","%"\n${table("", yearly, '"%Y","#"')}${table("", quarterly, '"%Y Q%q","#"')}${table("", monthly, (date, v) => `"${write(date, "%Y %b").toUpperCase()}","${v}"`)}`,
    "M",
    monthly,
    { notes: ["preamble-skipped", "other-steps-left-out"] },
  ),
  reads(
    "StatCan, a value among columns of codes",
    table(
      "REF_DATE,GEO,DGUID,Products,UOM,UOM_ID,SCALAR_FACTOR,SCALAR_ID,VECTOR,COORDINATE,VALUE,STATUS,SYMBOL,TERMINATED,DECIMALS",
      monthly,
      "%Y-%m,Canada,2016A000011124,All-items,2002=100,17,units,0,v41690973,2.2,#,,,,1",
    ),
    "M",
    monthly,
  ),
  reads(
    "ECB, a key and constant columns",
    table(
      "KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE,OBS_STATUS,DECIMALS",
      monthly,
      "EXR.M.USD.EUR.SP00.A,M,USD,EUR,%Y-%m,#,A,4",
    ),
    "M",
    monthly,
  ),
  reads("ECB rates by day", newestFirst(table("Date,USD,JPY,", monthly, "%d %B %Y,#,150.1,")), "M", monthly, {
    options: { value: "USD" },
  }),
  reads(
    "annual averages beside their months",
    table(
      "Month,Value",
      monthly,
      (date, v) =>
        `${write(date, "%b %Y")},${v}${date.getUTCMonth() === 11 ? `\nAverage ${write(date, "%Y")},50.5` : ""}`,
    ),
    "M",
    monthly,
    { notes: ["totals-left-out"] },
  ),
  reads(
    "a year above its months",
    table(
      "Period;CPI",
      monthly,
      (date, v) => `${date.getUTCMonth() === 0 ? write(date, "%Y") : ""};${write(date, "%b")};${v}`,
    ).replace("Period;CPI", "Year;Month;CPI"),
    "M",
    monthly,
  ),
];
