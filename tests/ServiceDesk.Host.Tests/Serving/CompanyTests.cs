namespace ServiceDesk.Host.Tests.Serving;

/// <summary>Tests that share one small company; each opens its own tickets.</summary>
[CollectionDefinition(Name)]
public sealed class CompanyTests : ICollectionFixture<SmallCompany>
{
    public const string Name = "small company";
}
