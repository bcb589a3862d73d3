import { describe, expect, it } from "vitest";
import { concealPasswords } from "../../../src/http/passwords.ts";

describe("concealPasswords", () => {
  it("masks the value and leaves every other character as it is", () => {
    const body = '{ "userName" : "ann",\n  "password" :\t"Tr0ub4dor&3" , "active":true}';
    expect(concealPasswords(body)).toEqual({
      text: '{ "userName" : "ann",\n  "password" :\t"«secret»" , "active":true}',
      passwords: ["Tr0ub4dor&3"],
    });
  });

  it.each([
    ['{"Password":"a\\"b\\\\"}', '{"Password":"«secret»"}', ['a"b\\']],
    [
      '{"a":[{"password":"one"},{"PASSWORD":"two"}]}',
      '{"a":[{"password":"«secret»"},{"PASSWORD":"«secret»"}]}',
      ["one", "two"],
    ],
    ['{"password":12345}', '{"password":"«secret»"}', ["12345"]],
    ['{"password":"\\u0041bc"}', '{"password":"«secret»"}', ["Abc"]],
    ['{"password":"never closed', '{"password":"«secret»"', ["never closed"]],
  ])("masks in %s", (body, text, passwords) => {
    expect(concealPasswords(body)).toEqual({ text, passwords });
  });

  it.each([
    '{"password":""}',
    '{"password":null}',
    '{"password":true}',
    '{"password":',
    '{"passwordHint":"the usual"}',
    '{"title":"password"}',
    '{"title":"my password"}',
    "password",
    "",
  ])("has nothing to mask in %j", (body) => {
    expect(concealPasswords(body)).toEqual({ text: body, passwords: [] });
  });

  it.each([
    '{"op":"replace","path":"password","value":"s3cret{}"}',
    '{"op":"replace","value":"s3cret{}","path":"password"}',
    '{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:password","value":"s3cret{}"}',
  ])("masks the value of a PATCH operation on the password: %s", (operation) => {
    const body = `{"Operations":[{"op":"replace","path":"title","value":"kept"},${operation}]}`;
    const concealed = concealPasswords(body);
    expect(concealed.passwords).toEqual(["s3cret{}"]);
    expect(concealed.text).toBe(body.replace("s3cret{}", "«secret»"));
  });
});
