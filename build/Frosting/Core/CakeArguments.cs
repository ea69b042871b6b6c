namespace Cake.Core;

internal sealed class CakeArguments(IReadOnlyDictionary<string, IReadOnlyList<string?>> values) : ICakeArguments
{
    private readonly Dictionary<string, string?[]> values =
        values.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.OrdinalIgnoreCase);

    public bool HasArgument(string name) => values.ContainsKey(name);

    public ICollection<string?> GetArguments(string name) => values.GetValueOrDefault(name, []);

    public IDictionary<string, ICollection<string?>> GetArguments() =>
        values.ToDictionary(e => e.Key, ICollection<string?> (e) => e.Value, StringComparer.Ordinal);
}
