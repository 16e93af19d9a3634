using System.Globalization;
using NJsonSchema;
using NJsonSchema.Validation;

namespace ServiceDesk.Core.Configuration;

/// <summary>Says the validator's findings in the product's own sentences.</summary>
internal static class SchemaSentences
{
    /// <summary>The finding as a problem at <paramref name="path"/>.</summary>
    public static DocumentProblem Sentence(ValidationError error, string path, string name) =>
        error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => DocumentProblem.At(path, "configuration.schema-missing", name),
            ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid =>
                DocumentProblem.At(path, "configuration.schema-unknown-key", name),
            ValidationErrorKind.NotInEnumeration => DocumentProblem.At(
                path,
                "configuration.schema-not-one-of",
                string.Join(", ", error.Schema.Enumeration)
            ),
            ValidationErrorKind.PatternMismatch => DocumentProblem.At(path, "configuration.schema-wrong-form", name),
            ValidationErrorKind.StringTooLong => At(path, "configuration.schema-too-long", error.Schema.MaxLength),
            ValidationErrorKind.StringTooShort => At(path, "configuration.schema-too-short", error.Schema.MinLength),
            ValidationErrorKind.TooManyItems => At(path, "configuration.schema-too-many", error.Schema.MaxItems),
            ValidationErrorKind.TooFewItems => At(path, "configuration.schema-too-few", error.Schema.MinItems),
            ValidationErrorKind.TooFewProperties or ValidationErrorKind.TooManyProperties => DocumentProblem.At(
                path,
                error.Schema.MaxProperties == 1 ? "configuration.schema-exactly-one" : "configuration.schema-no-text"
            ),
            ValidationErrorKind.NumberTooBig or ValidationErrorKind.NumberTooSmall => At(
                path,
                "configuration.schema-out-of-range",
                error.Schema.Minimum,
                error.Schema.Maximum
            ),
            _ => DocumentProblem.At(path, TypeKey(error.Kind), name),
        };

    private static string TypeKey(ValidationErrorKind kind) =>
        kind switch
        {
            ValidationErrorKind.StringExpected => "configuration.schema-text-expected",
            ValidationErrorKind.BooleanExpected => "configuration.schema-flag-expected",
            ValidationErrorKind.IntegerExpected or ValidationErrorKind.NumberExpected =>
                "configuration.schema-number-expected",
            ValidationErrorKind.ArrayExpected => "configuration.schema-list-expected",
            ValidationErrorKind.ObjectExpected => "configuration.schema-mapping-expected",
            _ => "configuration.schema-wrong",
        };

    private static DocumentProblem At(string path, string code, params ReadOnlySpan<IConvertible?> arguments)
    {
        var texts = new string[arguments.Length];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = arguments[index]?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        return DocumentProblem.At(path, code, texts);
    }
}
