/** The id of the stream that says whose a UIN is; nobody can choose it for a piece of jewellery. */
export const uinId = (uin: string) => `uin.${uin}`;
