using System.Reflection;
using Architecture.Tests.Rules;

namespace Architecture.Tests;

public class DirectionTests
{
    private static readonly SourceTree Tree = SourceTree.OfTheProduct;

    [Fact]
    public void Projects_reference_only_what_lies_before_them_on_the_way_of_data()
    {
        var projects = new[] { "sdk", "host", "plugins" }.SelectMany(f => Tree.Files(f, ".csproj")).ToList();

        Assert.NotEmpty(projects);
        Assert.Empty(ProjectDirections.Violations(projects, [.. Tree.Files("plugins", "plugin.json")]));
    }

    [Theory]
    [InlineData("plugins/ServiceDesk.Planted", "../../host/ServiceDesk.Host/ServiceDesk.Host.csproj")]
    [InlineData("plugins/ServiceDesk.Planted", "../../host/ServiceDesk.Core/ServiceDesk.Core.csproj")]
    [InlineData("host/ServiceDesk.Core", "../ServiceDesk.Storage/ServiceDesk.Storage.csproj")]
    [InlineData("host/ServiceDesk.Storage", "../ServiceDesk.Host/ServiceDesk.Host.csproj")]
    [InlineData("host/ServiceDesk.Host", "../../plugins/ServiceDesk.Incidents/ServiceDesk.Incidents.csproj")]
    [InlineData("sdk/ServiceDesk.Sdk", "../../host/ServiceDesk.Core/ServiceDesk.Core.csproj")]
    [InlineData("plugins/ServiceDesk.Planted", "../ServiceDesk.Links/ServiceDesk.Links.csproj")]
    [InlineData("plugins/ServiceDesk.Problems", "../ServiceDesk.Crm/ServiceDesk.Crm.csproj")]
    public void A_planted_reference_against_the_direction_is_found(string folder, string reference)
    {
        var planted = new SourceFile(
            $"{folder}/Planted.csproj",
            $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>"""
        );

        Assert.Single(ProjectDirections.Violations([planted], [.. Tree.Files("plugins", "plugin.json")]));
    }

    [Fact]
    public void A_planted_database_package_in_the_sdk_is_found()
    {
        var planted = new SourceFile(
            "sdk/ServiceDesk.Sdk/Planted.csproj",
            """<Project><ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore" /></ItemGroup></Project>"""
        );

        Assert.Single(ProjectDirections.Violations([planted], []));
    }

    [Fact]
    public void Compiled_plugins_see_nothing_of_the_product_but_the_sdk()
    {
        var folder = Path.Combine(Tree.Root, "artifacts/plugins");
        var assemblies = Directory
            .GetFiles(folder, "ServiceDesk.*.dll", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".resources.dll", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(assemblies);
        Assert.Empty(assemblies.SelectMany(a => PluginReferences.Violations(Path.GetFileName(a), ReferencesOf(a))));
    }

    [Fact]
    public void A_planted_plugin_that_sees_the_host_is_found() =>
        Assert.Single(PluginReferences.Violations("Planted.dll", [new AssemblyName("ServiceDesk.Host")]));

    [Fact]
    public void Vendor_sql_stands_in_the_dialects_alone()
    {
        var files = new[] { "host", "sdk", "plugins" }.SelectMany(f => Tree.Files(f, ".cs", ".cshtml")).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(VendorSql.Violations(files));
    }

    [Theory]
    [InlineData("var sql = \"SELECT 1 FROM t FOR UPDATE SKIP LOCKED\";")]
    [InlineData("connection = new SqliteConnection(text);")]
    [InlineData("options.UseNpgsql(text);")]
    [InlineData("var sql = \"SELECT json_extract(@p0, '$.a')\";")]
    [InlineData("var sql = \"SELECT pg_advisory_lock(@p0)\";")]
    public void Planted_vendor_sql_in_a_page_is_found(string line) =>
        Assert.NotEmpty(VendorSql.Violations([new SourceFile("host/ServiceDesk.Host/Pages/Planted.cs", line)]));

    private static IEnumerable<AssemblyName> ReferencesOf(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
        return
        [
            .. metadata.AssemblyReferences.Select(r => new AssemblyName(
                metadata.GetString(metadata.GetAssemblyReference(r).Name)
            )),
        ];
    }
}
