using System.Text.Json;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Json;

public class ServiceDeskJsonTests
{
    public static TheoryData<object, string> Values =>
        new()
        {
            { Instant.FromUtc(2026, 3, 2, 9, 0), "\"2026-03-02T09:00:00Z\"" },
            { Instant.FromUnixTimeTicks(1), "\"1970-01-01T00:00:00.0000001Z\"" },
            { Duration.FromHours(8), "\"PT8H\"" },
            { Duration.FromMinutes(90), "\"PT1H30M\"" },
            { Duration.FromDays(2), "\"PT48H\"" },
            { new LocalDate(2026, 2, 28), "\"2026-02-28\"" },
            { new TicketKey("ITSD", 95), "\"ITSD-95\"" },
            { new TicketId(long.MaxValue), "9223372036854775807" },
            { new PersonId(7), "7" },
            { new OrganizationId(7), "7" },
            { new TeamId(7), "7" },
            { Priority.Critical, "\"critical\"" },
            { FieldKind.LongText, "\"long-text\"" },
            { LocalizedText.Of("Yes", "예"), "{\"en\":\"Yes\",\"ko\":\"예\"}" },
            { ValueList.Create(["a", "b"]), "[\"a\",\"b\"]" },
            { ValueMap<int>.Empty.SetItem("b", 2).SetItem("a", 1), "{\"a\":1,\"b\":2}" },
            { new TicketAssigned(null, new TeamId(3)), "{\"assignee\":null,\"team\":3,\"standsInFor\":null}" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_written_in_one_way_and_read_back(object value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, value.GetType(), ServiceDeskJson.Stored));
        Assert.Equal(value, JsonSerializer.Deserialize(json, value.GetType(), ServiceDeskJson.Stored));
    }

    public static TheoryData<FieldValue, string> FieldValues =>
        new()
        {
            { new TextValue("여기"), "{\"text\":\"여기\"}" },
            { new NumberValue(1.50m), "{\"number\":1.50}" },
            { new FlagValue(true), "{\"flag\":true}" },
            { new DateValue(new LocalDate(2026, 2, 28)), "{\"date\":\"2026-02-28\"}" },
            { new MomentValue(Instant.FromUtc(2026, 1, 1, 0, 0)), "{\"moment\":\"2026-01-01T00:00:00Z\"}" },
            { new ChoiceValue("high"), "{\"choice\":\"high\"}" },
            { new ChoicesValue(["a", "b"]), "{\"choices\":[\"a\",\"b\"]}" },
            { new PersonValue(new PersonId(4)), "{\"person\":4}" },
            { new OrganizationValue(new OrganizationId(5)), "{\"organization\":5}" },
            { new TeamValue(new TeamId(6)), "{\"team\":6}" },
            { new DurationValue(Duration.FromMinutes(150)), "{\"duration\":\"PT2H30M\"}" },
        };

    [Theory]
    [MemberData(nameof(FieldValues))]
    public void Stored_field_values_carry_their_kind_and_those_of_the_api_are_plain(FieldValue value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, ServiceDeskJson.Stored));
        Assert.Equal(value, JsonSerializer.Deserialize<FieldValue>(json, ServiceDeskJson.Stored));
        var plain = json[(json.IndexOf(':', StringComparison.Ordinal) + 1)..^1];
        Assert.Equal(plain, JsonSerializer.Serialize(value, ServiceDeskJson.Api));
    }

    [Fact]
    public void Files_are_stored_whole_and_the_api_does_not_tell_where_their_content_lies()
    {
        FieldValue value = new FilesValue([new AttachedFile(7, "견적.pdf", "application/pdf", 9, "ab")]);
        const string plain = "{\"id\":7,\"name\":\"견적.pdf\",\"contentType\":\"application/pdf\",\"size\":9";

        var stored = JsonSerializer.Serialize(value, ServiceDeskJson.Stored);
        Assert.Equal($"{{\"files\":[{plain},\"sha256\":\"ab\"}}]}}", stored);
        Assert.Equal(value, JsonSerializer.Deserialize<FieldValue>(stored, ServiceDeskJson.Stored));
        Assert.Equal($"[{plain}}}]", JsonSerializer.Serialize(value, ServiceDeskJson.Api));
    }

    [Fact]
    public void A_plain_text_is_english() =>
        Assert.Equal(
            LocalizedText.Of("Yes"),
            JsonSerializer.Deserialize<LocalizedText>("\"Yes\"", ServiceDeskJson.Stored)
        );

    [Fact]
    public void An_instant_may_be_given_with_an_offset() =>
        Assert.Equal(
            Instant.FromUtc(2026, 3, 2, 0, 0),
            JsonSerializer.Deserialize<Instant>("\"2026-03-02T09:00:00+09:00\"", ServiceDeskJson.Api)
        );

    [Theory]
    [InlineData("\"yesterday\"", typeof(Instant))]
    [InlineData("5", typeof(Instant))]
    [InlineData("\"8h\"", typeof(Duration))]
    [InlineData("\"P1Y\"", typeof(Duration))]
    [InlineData("\"2026-02-30\"", typeof(LocalDate))]
    [InlineData("\"ITSD\"", typeof(TicketKey))]
    [InlineData("\"1\"", typeof(PersonId))]
    [InlineData("1.5", typeof(PersonId))]
    [InlineData("\"Critical?\"", typeof(Priority))]
    [InlineData("4", typeof(Priority))]
    [InlineData("{}", typeof(LocalizedText))]
    [InlineData("{\"en\":null}", typeof(LocalizedText))]
    [InlineData("[null]", typeof(ValueList<string>))]
    [InlineData("{\"colour\":\"red\"}", typeof(FieldValue))]
    [InlineData("{\"text\":\"a\",\"number\":1}", typeof(FieldValue))]
    [InlineData("{\"team\":3}", typeof(TicketAssigned))]
    [InlineData("{\"labels\":null}", typeof(LabelsChanged))]
    public void What_is_wrong_is_said_and_never_half_read(string json, Type type) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type, ServiceDeskJson.Stored));

    [Theory]
    [InlineData("PT0S", 0)]
    [InlineData("P1DT1H", 90_000)]
    [InlineData("P2W", 1_209_600)]
    [InlineData("-PT5M", -300)]
    public void Durations_are_read_with_days_and_weeks(string text, int seconds)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        Assert.Equal(Duration.FromSeconds(seconds), duration);
        Assert.True(IsoDuration.TryParse(IsoDuration.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("PT1M1H")]
    [InlineData("P1M")]
    [InlineData("P99999W")]
    [InlineData("PT999999999999999999999999999999H")]
    [InlineData("pt8h")]
    public void What_is_no_duration_is_none(string text) => Assert.False(IsoDuration.TryParse(text, out _));
}
