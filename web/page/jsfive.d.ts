// jsfive comes without types.
declare module "jsfive" {
  export class File {
    constructor(bytes: ArrayBuffer, name: string);
    keys: string[];
    get(path: string): { shape: number[]; value: any };
  }
}
