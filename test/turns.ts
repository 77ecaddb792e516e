/** Whether work lets the event loop go round: what only waits for promises is over before that. */
export async function letsOthersIn(work: unknown): Promise<boolean> {
  const promisesAlone = async () => {
    for (let round = 0; round < 1000; round += 1) await undefined;
    return true;
  };
  return Promise.race([Promise.resolve(work).then(() => false), promisesAlone()]);
}
