// What became of one prediction: its label, once the whole label window has closed, and until then how far it is.

/** Dates are UTC dates (`YYYY-MM-DD`) of a bar's open. */
export type Outcome =
  /** Every bar of the label window has closed: the label exists, and only now may anything be scored with it. */
  | {
      readonly status: 'matured';
      readonly label: -1 | 0 | 1;
      /** The bar that first touched the side of the label; null for 0. */
      readonly touchedOn: string | null;
      /** The last bar of the window. */
      readonly maturedOn: string;
      /** The as-of bar's close as it is now, where it is another than the prediction tells; else null. */
      readonly restatedClose: number | null;
    }
  /**
   * A barrier was touched, but the window has not closed. Not to be scored: a touch is known early and no touch only at the end, so
   * early ones would make touches seem more frequent than they are.
   */
  | { readonly status: 'touched-early'; readonly side: -1 | 1; readonly touchedOn: string; readonly barsLeft: number }
  /** Nothing was touched yet. */
  | { readonly status: 'pending'; readonly barsLeft: number }
  /** There will be no label, unless missing bars or prices turn up. */
  | { readonly status: 'unknowable'; readonly reason: string };

export type OutcomeStatus = Outcome['status'];
