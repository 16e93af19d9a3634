using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDesk.Storage.Connections;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Access;

/// <summary>Keeps the keys of data protection in the database, so that cookies survive restarts and work on every node.</summary>
internal sealed class KeysInDatabase(IDatabase database) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.CreateDbContext();
        return
        [
            .. Reading
                .Available(() => db.DataProtectionKeys.AsNoTracking().Select(row => row.Xml).ToList())
                .Select(xml => XElement.Parse(xml)),
        ];
    }

    // The framework asks for it synchronously, some few times a year.
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => StoreAsync(element, friendlyName)).GetAwaiter().GetResult();

    private async Task StoreAsync(XElement element, string friendlyName)
    {
        await using var db = database.CreateDbContext();
        db.DataProtectionKeys.Add(
            new DataProtectionKeyRow { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) }
        );
        await db.SaveChangesAsync();
    }
}
