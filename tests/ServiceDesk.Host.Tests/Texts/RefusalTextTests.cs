using System.Reflection;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Tests.Texts;

public class RefusalTextTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Every_no_has_its_sentence_and_every_sentence_a_no(string language)
    {
        var codes = typeof(RefusalCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal);
        var sentences = new TextCatalogue([])
            .Keys(language)
            .Where(key => key.StartsWith("refusal.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(codes, sentences);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ko")]
    public void Every_kind_of_document_has_its_name(string language) =>
        Assert.Empty(
            DocumentKinds.All.Select(kind => $"administration.kind-{kind}").Except(new TextCatalogue([]).Keys(language))
        );
}
