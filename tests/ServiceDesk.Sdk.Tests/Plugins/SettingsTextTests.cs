using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tests.Plugins;

public sealed class SettingsTextTests
{
    [Fact]
    public void Settings_come_back_from_their_text_as_they_were() =>
        Prop.ForAll<(
            NonNull<string> Text,
            bool Flag,
            int Small,
            long Large,
            decimal Exact,
            NormalFloat Rough,
            int Minutes
        )>(given =>
            {
                var written = new Sample
                {
                    Text = given.Text.Get,
                    Flag = given.Flag,
                    Small = given.Small,
                    Large = given.Large,
                    Exact = given.Exact,
                    Rough = given.Rough.Get,
                    Length = Duration.FromMinutes(given.Minutes),
                    Word = given.Flag ? Words.InProgress : Words.New,
                };
                var read = SettingsText.Read<Sample>(SettingsText.Write(written));
                return SettingsText.Write(read).Equals(SettingsText.Write(written))
                    && read.Exact == written.Exact
                    && read.Rough.Equals(written.Rough)
                    && (read.Text, read.Flag, read.Small, read.Large, read.Length, read.Word)
                        == (written.Text, written.Flag, written.Small, written.Large, written.Length, written.Word);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Text_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var values = SettingsText.Write(new Sample { Exact = 1.5m, Length = Duration.FromHours(26) });

            Assert.Equal("1.5", values["exact"]);
            Assert.Equal("P1DT2H", values["length"]);
            Assert.Equal("in-progress", values["word"]);
            Assert.Equal("false", values["flag"]);
            Assert.Equal(["exact", "flag", "large", "length", "rough", "small", "text", "word"], values.Keys);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(typeof(bool), "yes")]
    [InlineData(typeof(int), "1.5")]
    [InlineData(typeof(int), "2147483648")]
    [InlineData(typeof(long), "")]
    [InlineData(typeof(decimal), "1,5")]
    [InlineData(typeof(double), "1,5")]
    [InlineData(typeof(double), "NaN")]
    [InlineData(typeof(double), "1e999")]
    [InlineData(typeof(Words), "InProgress")]
    [InlineData(typeof(Words), "1")]
    [InlineData(typeof(Duration), "8h")]
    [InlineData(typeof(Duration), "P1M")]
    [InlineData(typeof(Duration), "P2147483647D")]
    [InlineData(typeof(Duration), "PT9223372036854775807H")]
    [InlineData(typeof(DateTime), "2026-03-02")]
    public void What_is_none_of_the_type_is_told_without_throwing(Type type, string text)
    {
        Assert.False(SettingsText.TryParse(type, text, out var value));
        Assert.Null(value);
    }

    [Fact]
    public void What_is_missing_or_cannot_be_read_keeps_the_default()
    {
        var read = SettingsText.Read<Sample>(
            ValueMap<string>.Empty.SetItem("small", "many").SetItem("text", "given").SetItem("unknown", "1")
        );

        Assert.Equal((3, "given", Words.InProgress), (read.Small, read.Text, read.Word));
    }

    [Fact]
    public void A_property_that_cannot_be_written_is_no_setting() =>
        Assert.DoesNotContain(
            SettingsText.PropertiesOf(typeof(Sample)),
            property => property.Name == nameof(Sample.Twice)
        );

    [Fact]
    public void Decisions_read_them_from_the_configuration_and_get_the_defaults_until_some_are_saved()
    {
        var saved = new OneDocument(
            new PluginSettingsDocument
            {
                Id = "acme",
                Name = LocalizedText.Of("Acme"),
                Values = ValueMap<string>.Empty.SetItem("small", "5"),
            }
        );

        Assert.Equal(5, saved.Settings<Sample>("acme").Small);
        Assert.Same(saved.Settings<Sample>("acme"), saved.Settings<Sample>("acme"));
        Assert.Equal(3, saved.Settings<Sample>("other").Small);
    }

    private enum Words
    {
        New = 0,
        InProgress = 1,
    }

    private sealed class Sample
    {
        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        public int Small { get; set; } = 3;

        public long Large { get; set; }

        public decimal Exact { get; set; }

        public double Rough { get; set; }

        public Duration Length { get; set; }

        public Words Word { get; set; } = Words.InProgress;

        public int Twice => Small * 2;
    }

    private sealed class OneDocument(PluginSettingsDocument document) : IConfiguration
    {
        public long Revision => 1;

        public bool TryGet<T>(string id, [NotNullWhen(true)] out T? found)
            where T : ConfigurationDocument => (found = id == document.Id ? document as T : null) is not null;

        public int VersionOf<T>(string id)
            where T : ConfigurationDocument => TryGet<T>(id, out _) ? 1 : 0;

        public IReadOnlyList<T> All<T>()
            where T : ConfigurationDocument => document is T found ? [found] : [];

        public T? AtVersion<T>(string id, int version)
            where T : ConfigurationDocument => version == 1 && TryGet<T>(id, out var found) ? found : null;
    }
}
