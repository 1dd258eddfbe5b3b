// What a service manager is to be given, as text: where it goes, what it says, and how it is switched on and off.

/** Service managers that units are made for. */
export type ServiceManager = 'launchd' | 'systemd' | 'cron';

/** What the unit runs. `predict`: the prediction of the day; `scheduler`: the scheduler, which runs the jobs of forecastlab.config.json. */
export type UnitPurpose = 'predict' | 'scheduler';

export interface UnitFile {
  /** Absolute path. */
  readonly path: string;
  readonly content: string;
}

/** A unit for one machine. */
export interface Unit {
  readonly manager: ServiceManager;
  readonly what: UnitPurpose;
  /** Empty for cron, whose table is not a file of ours. */
  readonly files: readonly UnitFile[];
  /** cron's lines, with a first and a last line that mark them; else null. */
  readonly crontab: string | null;
  /** Folders that must be there before it runs. */
  readonly folders: readonly string[];
  /** Commands that switch it on once it is in place. */
  readonly enable: readonly string[];
  /** Commands that switch it off and take it away. */
  readonly remove: readonly string[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

/** What a unit is made from. */
export interface UnitRequest {
  readonly what: UnitPurpose;
  /** Name of the unit: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** The program and its arguments: absolute paths first. */
  readonly words: readonly string[];
  /** The variable PATH that it gets. */
  readonly path: string;
  /** Absolute. */
  readonly root: string;
  /** Absolute. */
  readonly home: string;
}
