// Why a telling did not arrive.

/** Its message holds no secret. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    message: string,
    /** False when the target is out of reach for now, so that others need not be tried. */
    readonly isOfThisNote: boolean,
  ) {
    super(message);
  }
}
