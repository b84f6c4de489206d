/** What a quantity is of, and the unit that the others are given in. */
export interface Dimension {
  readonly name: string;
  readonly units: readonly Unit[];
}

export interface Unit {
  /** How it may be written, the symbol first. */
  readonly names: readonly string[];
  /** How many of the dimension's first unit one of it is. */
  readonly factor: number;
  /** What its zero is in the dimension's first unit; only temperatures have one. */
  readonly zero?: number;
}

function unit(names: string, factor: number, zero = 0): Unit {
  return { names: names.split(' '), factor, zero };
}

const INCH = 0.0254;
const FOOT = 12 * INCH;
const MILE = 5280 * FOOT;
const POUND = 0.45359237;
const GALLON = 231 * INCH ** 3 * 1000;
const IMPERIAL_GALLON = 4.54609;
const DAY = 86_400;
/** The mean of the Gregorian calendar. */
const YEAR = 365.2425 * DAY;
const CALORIE = 4.184;
const FAHRENHEIT = 5 / 9;

const LENGTH: Dimension = {
  name: 'length',
  units: [
    unit('m metre metres meter meters Meter Metern', 1),
    unit('km kilometre kilometres kilometer kilometers Kilometer', 1e3),
    unit('dm decimetre decimetres decimeter decimeters', 0.1),
    unit('cm centimetre centimetres centimeter centimeters Zentimeter', 0.01),
    unit('mm millimetre millimetres millimeter millimeters Millimeter', 1e-3),
    unit('µm μm um micrometre micrometres micrometer micrometers micron microns', 1e-6),
    unit('nm nanometre nanometres nanometer nanometers', 1e-9),
    unit('in inch inches Zoll "', INCH),
    unit("ft foot feet '", FOOT),
    unit('yd yard yards', 3 * FOOT),
    unit('mi mile miles Meile Meilen', MILE),
    unit('nmi NM nautical_mile nautical_miles', 1852),
    unit('au', 149_597_870_700),
    unit('ly light_year light_years', 9_460_730_472_580_800),
  ],
};

const MASS: Dimension = {
  name: 'mass',
  units: [
    unit('kg kilogram kilograms kilo kilos Kilogramm Kilo', 1),
    unit('g gram grams Gramm', 1e-3),
    unit('mg milligram milligrams', 1e-6),
    unit('µg μg ug microgram micrograms', 1e-9),
    unit('t tonne tonnes metric_ton metric_tons Tonne Tonnen', 1e3),
    unit('lb lbs pound pounds', POUND),
    unit('oz ounce ounces', POUND / 16),
    unit('st stone stones', 14 * POUND),
    unit('short_ton short_tons ton tons', 2000 * POUND),
    unit('long_ton long_tons', 2240 * POUND),
    unit('ct carat carats', 2e-4),
  ],
};

const TEMPERATURE: Dimension = {
  name: 'temperature',
  units: [
    unit('K kelvin', 1),
    unit('C °C celsius centigrade', 1, 273.15),
    unit('F °F fahrenheit', FAHRENHEIT, 459.67 * FAHRENHEIT),
    unit('R rankine', FAHRENHEIT),
  ],
};

const VOLUME: Dimension = {
  name: 'volume',
  units: [
    unit('l L litre litres liter liters Liter Litern', 1),
    unit('ml mL millilitre millilitres milliliter milliliters', 1e-3),
    unit('cl cL centilitre centilitres centiliter centiliters', 0.01),
    unit('dl dL decilitre decilitres deciliter deciliters', 0.1),
    unit('m3 m³ cubic_metre cubic_metres cubic_meter cubic_meters', 1000),
    unit('cm3 cm³ cc', 1e-3),
    unit('gal gallon gallons', GALLON),
    unit('qt quart quarts', GALLON / 4),
    unit('pt pint pints', GALLON / 8),
    unit('cup cups', GALLON / 16),
    unit('floz fl_oz fluid_ounce fluid_ounces', GALLON / 128),
    unit('tbsp tablespoon tablespoons', GALLON / 256),
    unit('tsp teaspoon teaspoons', GALLON / 768),
    unit('imperial_gallon imperial_gallons', IMPERIAL_GALLON),
    unit('imperial_pint imperial_pints', IMPERIAL_GALLON / 8),
    unit('ft3 ft³ cubic_foot cubic_feet', FOOT ** 3 * 1000),
    unit('in3 in³ cubic_inch cubic_inches', INCH ** 3 * 1000),
    unit('bbl barrel barrels', 42 * GALLON),
  ],
};

const AREA: Dimension = {
  name: 'area',
  units: [
    unit('m2 m² sqm square_metre square_metres square_meter square_meters', 1),
    unit('km2 km² square_kilometre square_kilometres square_kilometer square_kilometers', 1e6),
    unit('cm2 cm² square_centimetre square_centimetres square_centimeter square_centimeters', 1e-4),
    unit('mm2 mm²', 1e-6),
    unit('ha hectare hectares', 1e4),
    unit('acre acres ac', 43_560 * FOOT ** 2),
    unit('ft2 ft² sqft square_foot square_feet', FOOT ** 2),
    unit('in2 in² square_inch square_inches', INCH ** 2),
    unit('yd2 yd² square_yard square_yards', 9 * FOOT ** 2),
    unit('mi2 mi² square_mile square_miles', MILE ** 2),
  ],
};

const SPEED: Dimension = {
  name: 'speed',
  units: [
    unit('m/s mps', 1),
    unit('km/h kmh kph', 1 / 3.6),
    unit('mph mi/h', MILE / 3600),
    unit('kn kt knot knots', 1852 / 3600),
    unit('ft/s fps', FOOT),
    unit('mach', 340.29),
  ],
};

const TIME: Dimension = {
  name: 'time',
  units: [
    unit('s sec secs second seconds Sekunde Sekunden', 1),
    unit('ms millisecond milliseconds', 1e-3),
    unit('µs μs us microsecond microseconds', 1e-6),
    unit('ns nanosecond nanoseconds', 1e-9),
    unit('min mins minute minutes Minute Minuten', 60),
    unit('h hr hrs hour hours Stunde Stunden', 3600),
    unit('d day days Tag Tage Tagen', DAY),
    unit('wk week weeks Woche Wochen', 7 * DAY),
    unit('month months Monat Monate Monaten', YEAR / 12),
    unit('y yr yrs year years Jahr Jahre Jahren', YEAR),
    unit('decade decades', 10 * YEAR),
    unit('century centuries', 100 * YEAR),
  ],
};

const DATA: Dimension = {
  name: 'data',
  units: [
    unit('B byte bytes', 1),
    unit('kB KB kilobyte kilobytes', 1e3),
    unit('MB megabyte megabytes', 1e6),
    unit('GB gigabyte gigabytes', 1e9),
    unit('TB terabyte terabytes', 1e12),
    unit('PB petabyte petabytes', 1e15),
    unit('KiB kibibyte kibibytes', 2 ** 10),
    unit('MiB mebibyte mebibytes', 2 ** 20),
    unit('GiB gibibyte gibibytes', 2 ** 30),
    unit('TiB tebibyte tebibytes', 2 ** 40),
    unit('PiB pebibyte pebibytes', 2 ** 50),
    unit('bit bits b', 1 / 8),
    unit('kbit kb kilobit kilobits', 1e3 / 8),
    unit('Mbit Mb megabit megabits', 1e6 / 8),
    unit('Gbit Gb gigabit gigabits', 1e9 / 8),
    unit('Tbit Tb terabit terabits', 1e12 / 8),
  ],
};

const ENERGY: Dimension = {
  name: 'energy',
  units: [
    unit('J joule joules', 1),
    unit('mJ millijoule millijoules', 1e-3),
    unit('kJ kilojoule kilojoules', 1e3),
    unit('MJ megajoule megajoules', 1e6),
    unit('cal calorie calories', CALORIE),
    unit('kcal kilocalorie kilocalories Cal', 1e3 * CALORIE),
    unit('Wh watt_hour watt_hours', 3600),
    unit('kWh kilowatt_hour kilowatt_hours', 3.6e6),
    unit('MWh megawatt_hour megawatt_hours', 3.6e9),
    unit('GWh gigawatt_hour gigawatt_hours', 3.6e12),
    unit('BTU btu', 1055.05585262),
    unit('eV electronvolt electronvolts', 1.602176634e-19),
  ],
};

const POWER: Dimension = {
  name: 'power',
  units: [
    unit('W watt watts', 1),
    unit('mW milliwatt milliwatts', 1e-3),
    unit('kW kilowatt kilowatts', 1e3),
    unit('MW megawatt megawatts', 1e6),
    unit('GW gigawatt gigawatts', 1e9),
    unit('hp horsepower', 745.6998715822702),
    unit('PS metric_horsepower', 735.49875),
  ],
};

const PRESSURE: Dimension = {
  name: 'pressure',
  units: [
    unit('Pa pascal pascals', 1),
    unit('hPa', 100),
    unit('kPa kilopascal kilopascals', 1e3),
    unit('bar', 1e5),
    unit('mbar millibar millibars', 100),
    unit('psi', (POUND * 9.80665) / INCH ** 2),
    unit('atm atmosphere atmospheres', 101_325),
    unit('mmHg torr', 133.322387415),
  ],
};

export const DIMENSIONS: readonly Dimension[] = [
  LENGTH,
  MASS,
  TEMPERATURE,
  VOLUME,
  AREA,
  SPEED,
  TIME,
  DATA,
  ENERGY,
  POWER,
  PRESSURE,
];
