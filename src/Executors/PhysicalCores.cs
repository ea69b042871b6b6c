namespace Pipeline.Executors;

/// <summary>Counts physical cores: two runs on one core's hardware threads would only hinder each other.</summary>
public static class PhysicalCores
{
    /// <summary>The physical cores that this process may use, at least 1.</summary>
    public static int Count { get; } =
        Math.Max(
            1,
            Math.Min(Environment.ProcessorCount, FromLinux("/sys/devices/system/cpu") ?? Environment.ProcessorCount)
        );

    /// <summary>The number of distinct cores below Linux's folder of processors, or null where it doesn't tell.</summary>
    internal static int? FromLinux(string folder)
    {
        try
        {
            var siblings = new HashSet<string>(StringComparer.Ordinal);
            foreach (var cpu in Directory.EnumerateDirectories(folder, "cpu*"))
            {
                var list = Path.Combine(cpu, "topology", "thread_siblings_list");
                if (File.Exists(list))
                    siblings.Add(File.ReadAllText(list).Trim());
            }
            return siblings.Count > 0 ? siblings.Count : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
