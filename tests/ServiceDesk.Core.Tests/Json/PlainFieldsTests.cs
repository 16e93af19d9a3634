using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Json;

public class PlainFieldsTests
{
    public static TheoryData<FieldKind, string, FieldValue?> Right =>
        new()
        {
            { FieldKind.Text, "\"a\"", new TextValue("a") },
            { FieldKind.Text, "\"\"", null },
            { FieldKind.Text, "null", null },
            { FieldKind.LongText, "\"a\\nb\"", new TextValue("a\nb") },
            { FieldKind.Url, "\"https://a.b\"", new TextValue("https://a.b") },
            { FieldKind.Number, "1.5", new NumberValue(1.5m) },
            { FieldKind.Number, "\"-2\"", new NumberValue(-2) },
            { FieldKind.Flag, "true", new FlagValue(true) },
            { FieldKind.Flag, "\"off\"", new FlagValue(false) },
            { FieldKind.Date, "\"2026-02-28\"", new DateValue(new LocalDate(2026, 2, 28)) },
            { FieldKind.Moment, "\"2026-01-01T00:00:00Z\"", new MomentValue(Instant.FromUtc(2026, 1, 1, 0, 0)) },
            { FieldKind.Duration, "\"2h 30m\"", new DurationValue(Duration.FromMinutes(150)) },
            { FieldKind.Duration, "\"1일 5초\"", new DurationValue(Duration.FromSeconds(86_405)) },
            { FieldKind.Duration, "\"PT36H\"", new DurationValue(Duration.FromHours(36)) },
            { FieldKind.Choice, "\"high\"", new ChoiceValue("high") },
            { FieldKind.Choices, "[\"a\",\"b\",\"a\"]", new ChoicesValue(["a", "b"]) },
            { FieldKind.Choices, "[]", null },
            { FieldKind.Choices, "\"a, b\"", new ChoicesValue(["a", "b"]) },
            { FieldKind.Person, "5", new PersonValue(new PersonId(5)) },
            { FieldKind.Person, "\"5\"", new PersonValue(new PersonId(5)) },
            { FieldKind.Organization, "6", new OrganizationValue(new OrganizationId(6)) },
            { FieldKind.Team, "\"7\"", new TeamValue(new TeamId(7)) },
        };

    [Theory]
    [MemberData(nameof(Right))]
    public void A_plain_value_is_read_by_the_kind_of_its_field(FieldKind kind, string json, FieldValue? value)
    {
        Assert.True(PlainFields.TryRead(kind, JsonDocument.Parse(json).RootElement, out var read));
        Assert.Equal(value, read);
        Assert.True(PlainFields.TryRead(kind, PlainFields.Write(read), out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("[7,8,7]")]
    [InlineData("[{\"id\":7,\"name\":\"quote.pdf\"},{\"id\":8}]")]
    public void Files_are_named_by_their_ids(string json)
    {
        Assert.True(PlainFields.TryRead(FieldKind.Attachment, JsonDocument.Parse(json).RootElement, out var read));
        Assert.Equal([7, 8], ((FilesValue)read!).Files.Select(file => file.Id));
        Assert.True(PlainFields.TryRead(FieldKind.Attachment, JsonDocument.Parse("[]").RootElement, out var none));
        Assert.Null(none);
    }

    [Theory]
    [InlineData(FieldKind.Text, "1")]
    [InlineData(FieldKind.Number, "\"much\"")]
    [InlineData(FieldKind.Number, "1e400")]
    [InlineData(FieldKind.Flag, "\"perhaps\"")]
    [InlineData(FieldKind.Flag, "1")]
    [InlineData(FieldKind.Date, "\"28.02.2026\"")]
    [InlineData(FieldKind.Moment, "\"now\"")]
    [InlineData(FieldKind.Duration, "\"150\"")]
    [InlineData(FieldKind.Duration, "150")]
    [InlineData(FieldKind.Duration, "\"2h 2h\"")]
    [InlineData(FieldKind.Choices, "[1]")]
    [InlineData(FieldKind.Choice, "[\"a\"]")]
    [InlineData(FieldKind.Person, "\"Alice\"")]
    [InlineData(FieldKind.Organization, "\"Acme\"")]
    [InlineData(FieldKind.Team, "true")]
    [InlineData(FieldKind.Person, "1.5")]
    [InlineData(FieldKind.Text, "{}")]
    [InlineData(FieldKind.Attachment, "\"quote.pdf\"")]
    [InlineData(FieldKind.Attachment, "7")]
    [InlineData(FieldKind.Attachment, "[\"7\"]")]
    [InlineData(FieldKind.Attachment, "[0]")]
    [InlineData(FieldKind.Attachment, "[{\"name\":\"quote.pdf\"}]")]
    public void A_value_of_another_kind_is_refused(FieldKind kind, string json) =>
        Assert.False(PlainFields.TryRead(kind, JsonDocument.Parse(json).RootElement, out _));
}
