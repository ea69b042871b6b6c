using Pipeline.Artifacts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipeline.Build;

/// <summary>A YAML file that gives texts and numbers under names, and nothing else.</summary>
internal static class FlatYaml
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; one that isn't there gives nothing.</param>
    /// <param name="names">The names that may stand in it.</param>
    /// <exception cref="PipelineException">It is no such file, or has another name in it.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path, IReadOnlyList<string> names)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (RegularFile.IsOther(path))
            throw new PipelineException(
                $"{path} is no file: write a name and a value a line in one, such as 'partition: gpu'."
            );
        if (!File.Exists(path))
            return values;
        var yaml = new YamlStream();
        try
        {
            using var text = File.OpenText(path);
            yaml.Load(text);
        }
        catch (YamlException e)
        {
            throw new PipelineException($"{path}:{e.Start.Line}:{e.Start.Column}: {e.Message.TrimEnd('.')}.", e);
        }
        if (yaml.Documents is [])
            return values;
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }])
            throw new PipelineException($"{path}: write a name and a value a line, such as 'partition: gpu'.");
        foreach (var (key, value) in root)
        {
            var place = $"{path}:{key.Start.Line}";
            if (key is not YamlScalarNode { Value: { } name } || !names.Contains(name, StringComparer.Ordinal))
                throw new PipelineException($"{place}: there is no option {key}; there is {string.Join(", ", names)}.");
            values[name] = value is YamlScalarNode { Value: { Length: > 0 } single }
                ? single
                : throw new PipelineException($"{place}: {name} has no value, or more than one: write '{name}: …'.");
        }
        return values;
    }
}
