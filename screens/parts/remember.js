export default function ({ data }) {
  const age = data.value ? 60 * 60 * 24 * 90 : 0
  document.cookie = `${data.name}=${encodeURIComponent(data.value)}; path=/; max-age=${age}; samesite=strict`
}
