import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, XmlError, XmlValidateError, XsdValidator } from "libxml2-wasm";

const IN_OUR_WORDS = fileURLToPath(new URL("junit.xsd", import.meta.url));

/** What is wrong with an XML text; empty when nothing is. */
export type Judge = (xml: string) => readonly string[];

/** A judge by an XML Schema: libxml2, which `xmllint --schema` and many build servers use. */
export function judgeBySchema(file: string): Judge {
  using schema = XmlDocument.fromString(readFileSync(file, "utf8"));
  const validator = XsdValidator.fromDoc(schema);
  return (xml) => {
    try {
      using document = XmlDocument.fromString(xml);
      validator.validate(document);
      return [];
    } catch (error) {
      if (error instanceof XmlValidateError || error instanceof XmlError) return error.message.split("\n");
      throw error;
    }
  };
}

/** Jenkins' `junit-10.xsd` as we tell it, on every machine. */
export const judgeInOurWords: Judge = judgeBySchema(IN_OUR_WORDS);

/** The file itself, where somebody fetched it; it is not ours to keep here. */
export const JENKINS_FILE = process.env.JENKINS_JUNIT_XSD;
